import type { FormRead } from '../../../contract/application.ts';
import { unreachable } from '../../../contract/result.ts';
import type { FormProblem } from '../../../contract/screens.ts';
import type { FieldInput } from '../../charts/events.ts';
import { pickCode, type Scanned } from '../../scan/pick-code.ts';
import { FORM_DIGITS, readFormScan, typeFormDigit } from './form-id.ts';

/** A form's number, and how it came in. */
export interface ReadForm {
  readonly form: string;
  readonly by: FormRead;
}

export interface FormNumberView {
  readonly text: string;
  readonly problem: FormProblem | null;
  /** The viewfinder is up. */
  readonly camera: boolean;
}

/** Where a form's number is scanned or typed: once at the beginning of an application, and once at its end. */
export class FormNumberInput {
  private text = '';
  private problem: FormProblem | null = null;
  private camera = false;

  view(): FormNumberView {
    const { text, problem, camera } = this;
    return { text, problem, camera };
  }

  /** @returns a whole number, once there is one */
  input(event: FieldInput): ReadForm | null {
    switch (event.type) {
      case 'type': {
        const next = typeFormDigit(this.text, event.key);
        if (next === null) return null;
        this.text = next;
        this.problem = null;
        return null;
      }
      case 'type-edit':
        return this.edit(event.edit);
      case 'scanned':
        return this.scan(event);
      case 'press':
        if (event.button === 'next') return this.edit('ok');
        if (event.button === 'scan') {
          this.camera = true;
          this.problem = null;
        }
        if (event.button === 'stop-scan') this.camera = false;
        return null;
      default:
        return unreachable(event);
    }
  }

  /** What was typed. */
  wipe(): void {
    this.text = '';
    this.problem = null;
    this.camera = false;
  }

  private edit(how: 'back' | 'clear' | 'ok'): ReadForm | null {
    this.problem = null;
    switch (how) {
      case 'back':
        this.text = this.text.slice(0, -1);
        return null;
      case 'clear':
        this.text = '';
        return null;
      case 'ok':
        if (this.text.length === FORM_DIGITS) return { form: this.text, by: 'keys' };
        this.problem = 'too-short';
        return null;
    }
  }

  private scan(scanned: Scanned): ReadForm | null {
    const picked = pickCode(scanned, (read) => {
      const found = readFormScan(read);
      return 'form' in found ? found.form : null;
    });
    const found = picked === 'several' ? ({ problem: 'scan-several' } as const) : readFormScan(picked.text);
    if ('problem' in found) {
      this.problem = found.problem;
      return null;
    }
    this.wipe();
    return { form: found.form, by: 'scan' };
  }
}
