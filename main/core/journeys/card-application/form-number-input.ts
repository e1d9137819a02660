import type { FormRead } from '../../../contract/application.ts';
import { unreachable } from '../../../contract/result.ts';
import type { FormProblem } from '../../../contract/screens.ts';
import type { FieldInput } from '../../charts/events.ts';
import { pickCode } from '../../scan/pick-code.ts';
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
export interface FormNumberInput {
  view(): FormNumberView;
  /** @returns a whole number, once there is one */
  input(event: FieldInput): ReadForm | null;
  /** What was typed. */
  wipe(): void;
}

export function createFormNumberInput(): FormNumberInput {
  let text = '';
  let problem: FormProblem | null = null;
  let camera = false;

  const edit = (how: 'back' | 'clear' | 'ok'): ReadForm | null => {
    problem = null;
    switch (how) {
      case 'back':
        text = text.slice(0, -1);
        return null;
      case 'clear':
        text = '';
        return null;
      case 'ok':
        if (text.length === FORM_DIGITS) return { form: text, by: 'keys' };
        problem = 'too-short';
        return null;
    }
  };

  return {
    view: () => ({ text, problem, camera }),
    input(event) {
      switch (event.type) {
        case 'type': {
          const next = typeFormDigit(text, event.key);
          if (next !== null) {
            text = next;
            problem = null;
          }
          return null;
        }
        case 'type-edit':
          return edit(event.edit);
        case 'scanned': {
          const picked = pickCode(event, (read) => {
            const found = readFormScan(read);
            return 'form' in found ? found.form : null;
          });
          if (picked === 'several') {
            problem = 'scan-several';
            return null;
          }
          const found = readFormScan(picked.text);
          if ('problem' in found) {
            problem = found.problem;
            return null;
          }
          problem = null;
          camera = false;
          text = '';
          return { form: found.form, by: 'scan' };
        }
        case 'press':
          if (event.button === 'next') return edit('ok');
          if (event.button === 'scan') {
            camera = true;
            problem = null;
          }
          if (event.button === 'stop-scan') camera = false;
          return null;
        default:
          return unreachable(event);
      }
    },
    wipe() {
      text = '';
      problem = null;
      camera = false;
    },
  };
}
