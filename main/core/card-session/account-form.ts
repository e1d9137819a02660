import type { FieldRule, PaymentService } from '../../contract/catalogue.ts';
import type { EntryProblem } from '../../contract/screens.ts';
import { belongs, checkField, similarSigns, typing } from '../catalogue/field-check.ts';
import type { FieldInput } from '../charts/events.ts';
import type { Scanned } from '../scan/pick-code.ts';
import { readAccountScan } from './account-scan.ts';

/** One field at a time. Everything in it is personal and lives as long as the session. */
interface AccountFormView {
  readonly rule: FieldRule;
  readonly text: string;
  readonly index: number;
  readonly count: number;
  readonly problem: EntryProblem | null;
  readonly similar: string;
  readonly scan: 'off' | 'ready' | 'camera';
  readonly scanned: boolean;
}

/** `done`: every field is right. `left`: back before the first one. */
type FieldOutcome = 'here' | 'done' | 'left';

/** Where account and codes are entered, scan first (SOURCES.md, Mishaps of 2023). */
export class AccountForm {
  readonly service: string;
  private readonly of: PaymentService;
  private readonly services: readonly PaymentService[];
  private readonly today: () => string;
  private readonly rules: readonly FieldRule[];
  private readonly fields: { text: string; scanned: boolean }[];
  private index = 0;
  private problem: EntryProblem | null = null;
  private camera = false;

  /** @param today the calendar day in Japan */
  constructor(service: PaymentService, services: readonly PaymentService[], today: () => string) {
    this.service = service.id;
    this.of = service;
    this.services = services;
    this.today = today;
    this.rules = [service.account, ...service.codes];
    this.fields = this.rules.map(() => ({ text: '', scanned: false }));
  }

  view(): AccountFormView {
    const { rule, field, index, problem } = this;
    return {
      ...{ rule, text: field.text, index, count: this.rules.length, problem },
      similar: similarSigns(field.text, rule.charset),
      scan: index > 0 ? 'off' : this.camera ? 'camera' : 'ready',
      scanned: field.scanned,
    };
  }

  input(event: FieldInput): FieldOutcome {
    switch (event.type) {
      case 'type': {
        const next = typing(this.field.text, event.key, this.rule);
        if (next !== null) this.put(next);
        else if (!belongs(event.key, this.rule.charset)) this.problem = 'charset';
        return 'here';
      }
      case 'type-edit':
        if (event.edit === 'ok') return this.finish();
        this.put(event.edit === 'clear' ? '' : [...this.field.text].slice(0, -1).join(''));
        return 'here';
      case 'scanned':
        if (this.index === 0) return this.scan(event);
        // A scan fills the account: on a later field it would change what is no longer on the screen.
        this.problem = 'scan-garbage';
        return 'here';
      case 'press':
        if (event.button === 'next') return this.finish();
        if (event.button === 'back') return this.go(this.index - 1);
        if (event.button === 'scan' && this.index === 0) {
          this.camera = true;
          this.problem = null;
        }
        if (event.button === 'stop-scan') this.camera = false;
        return 'here';
    }
  }

  /** Account first, then the codes, folded and checked. @throws before `done` */
  values(): readonly string[] {
    if (this.rules.some((rule, at) => this.check(this.fields[at]?.text ?? '', rule) !== null))
      throw new Error('entry is not finished');
    return this.fields.map(({ text }) => text);
  }

  /** From the first field again, with what was typed. */
  reopen(): void {
    this.go(0);
  }

  wipe(): void {
    for (const field of this.fields) Object.assign(field, { text: '', scanned: false });
  }

  private get rule(): FieldRule {
    return this.rules[this.index] ?? this.of.account;
  }

  private get field(): { text: string; scanned: boolean } {
    return this.fields[this.index] ?? { text: '', scanned: false };
  }

  private check(text: string, rule: FieldRule): EntryProblem | null {
    return checkField(text, rule, this.today());
  }

  private go(to: number): FieldOutcome {
    this.problem = null;
    this.camera = false;
    if (to < 0) return 'left';
    if (to >= this.rules.length) return 'done';
    this.index = to;
    return 'here';
  }

  private finish(): FieldOutcome {
    this.problem = this.check(this.field.text, this.rule);
    return this.problem === null ? this.go(this.index + 1) : 'here';
  }

  /** A full field is looked at at once: a wrong check digit is not for later, nor is one sign too many. */
  private put(next: string): void {
    const { rule, field } = this;
    Object.assign(field, { text: next, scanned: false });
    const { least, most } = rule;
    this.problem = next.length > most || (next.length === most && least === most) ? this.check(next, rule) : null;
  }

  private scan(scanned: Scanned): FieldOutcome {
    const read = readAccountScan(scanned, this.of, this.services, this.today());
    if (read.kind === 'problem') {
      // The viewfinder stays: the next code may be the right one.
      this.problem = read.problem;
      return 'here';
    }
    for (const [at, field] of this.fields.entries()) {
      const value = read.values[at];
      if (value !== undefined) Object.assign(field, { text: value, scanned: true });
    }
    return this.go(Math.min(read.values.length, this.rules.length));
  }
}
