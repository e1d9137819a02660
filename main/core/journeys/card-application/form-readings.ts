import type { FormRead } from '../../../contract/application.ts';
import type { FieldInput } from '../../charts/events.ts';
import { FormNumberInput, type FormNumberView, type ReadForm } from './form-number-input.ts';

/** What a reading of the form came to. `typed`: to be compared with the paper, see `confirm`. `fresh`: another form than before. */
export type FormOutcome = 'here' | 'typed' | 'read' | 'fresh' | 'same' | 'other';
/** Which reading of the form: the one that begins the application, or the one that ends it. */
export type Reading = 'first' | 'again';

/** The form's number, read twice: the first reading says whose application it is, the second that the paper is still the same. */
export class FormReadings {
  private readonly inputs = { first: new FormNumberInput(), again: new FormNumberInput() };
  private found: ReadForm | null = null;
  private foundAgain: FormRead | null = null;
  private waiting: string | null = null;

  /** What the first reading found. */
  get form(): ReadForm | null {
    return this.found;
  }

  /** How the second reading, of the same form, came in. */
  get again(): FormRead | null {
    return this.foundAgain;
  }

  /** Typed digits that wait to be compared with the paper. */
  get typed(): string | null {
    return this.waiting;
  }

  /** Anything was read or typed. */
  get holds(): boolean {
    return this.found !== null || this.waiting !== null || this.inputs.first.view().text !== '';
  }

  view(reading: Reading): FormNumberView {
    return this.inputs[reading].view();
  }

  read(reading: Reading, event: FieldInput): FormOutcome {
    const found = this.inputs[reading].input(event);
    if (found === null) return 'here';
    // A slip of the finger must not end an application: digits that were typed and differ are compared with the paper first.
    if (found.by === 'keys' && (reading === 'first' || found.form !== this.found?.form)) {
      this.waiting = found.form;
      return 'typed';
    }
    return this.take(reading, found);
  }

  /** The typed digits are as on the paper. */
  confirm(reading: Reading): FormOutcome {
    return this.waiting === null ? 'here' : this.take(reading, { form: this.waiting, by: 'keys' });
  }

  /** The second reading has not been. */
  undoAgain(): void {
    this.inputs.again.wipe();
    this.waiting = null;
    this.foundAgain = null;
  }

  wipe(): void {
    this.inputs.first.wipe();
    this.found = null;
    this.undoAgain();
  }

  private take(reading: Reading, found: ReadForm): FormOutcome {
    return reading === 'first' ? this.begin(found) : this.compare(found);
  }

  private begin(found: ReadForm): FormOutcome {
    const fresh = this.found !== null && this.found.form !== found.form;
    if (fresh) this.wipe();
    this.inputs.first.wipe();
    this.waiting = null;
    this.found = found;
    return fresh ? 'fresh' : 'read';
  }

  private compare(found: ReadForm): FormOutcome {
    if (found.form !== this.found?.form) return 'other';
    this.undoAgain();
    this.foundAgain = found.by;
    return 'same';
  }
}
