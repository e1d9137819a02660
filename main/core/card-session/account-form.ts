import type { FieldRule, PaymentService } from '../../contract/catalogue.ts';
import { unreachable } from '../../contract/result.ts';
import type { EntryProblem } from '../../contract/screens.ts';
import { belongs, checkField, similarSigns, typing } from '../catalogue/field-check.ts';
import { readScan } from '../catalogue/scanned.ts';
import type { FieldInput } from '../charts/events.ts';
import { pickCode, type Scanned } from '../scan/pick-code.ts';

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

export interface AccountForm {
  readonly service: string;
  view(): AccountFormView;
  input(event: FieldInput): FieldOutcome;
  /** Account first, then the codes, folded and checked. @throws before `done` */
  values(): readonly string[];
  /** From the first field again, with what was typed. */
  reopen(): void;
  wipe(): void;
}

/** Where account and codes are entered, scan first (SOURCES.md, Mishaps of 2023). @param today the calendar day in Japan */
export function createAccountForm(
  service: PaymentService,
  services: readonly PaymentService[],
  today: () => string,
): AccountForm {
  const rules = [service.account, ...service.codes];
  const texts = rules.map(() => '');
  const byScan = rules.map(() => false);
  let index = 0;
  let problem: EntryProblem | null = null;
  let camera = false;

  const rule = () => rules[index] ?? service.account;
  const text = () => texts[index] ?? '';

  const go = (to: number): FieldOutcome => {
    problem = null;
    camera = false;
    if (to < 0) return 'left';
    if (to >= rules.length) return 'done';
    index = to;
    return 'here';
  };

  const ok = (): FieldOutcome => {
    problem = checkField(text(), rule(), today());
    return problem === null ? go(index + 1) : 'here';
  };

  /** A full field is looked at at once: a wrong check digit is not for later, nor is one sign too many. */
  const put = (next: string) => {
    texts[index] = next;
    byScan[index] = false;
    const { least, most } = rule();
    problem = next.length > most || (next.length === most && least === most) ? checkField(next, rule(), today()) : null;
  };

  const wrongIn = (given: readonly string[]) =>
    given.map((value, at) => checkField(value, rules[at] ?? service.account, today())).find((one) => one !== null);

  const scan = (scanned: Scanned): FieldOutcome => {
    const picked = pickCode(scanned, (text) => {
      const found = readScan(text, service, services);
      if (found.kind !== 'fields') return null;
      const given = [found.account, ...found.codes];
      return wrongIn(given) === undefined ? JSON.stringify(given) : null;
    });
    if (picked === 'several') {
      problem = 'scan-several';
      return 'here';
    }
    const found = readScan(picked.text, service, services);
    switch (found.kind) {
      case 'fields': {
        const given = [found.account, ...found.codes];
        const wrong = wrongIn(given);
        if (wrong !== undefined) {
          problem = wrong;
          return 'here';
        }
        for (const [at, value] of given.entries()) {
          if (at >= rules.length) break;
          texts[at] = value;
          byScan[at] = true;
        }
        return go(Math.min(given.length, rules.length));
      }
      case 'other-service':
      case 'scan-url':
      case 'scan-garbage':
        // The viewfinder stays: the next code may be the right one.
        problem = found.kind;
        return 'here';
      default:
        return unreachable(found);
    }
  };

  return {
    service: service.id,
    view: () => ({
      rule: rule(),
      text: text(),
      index,
      count: rules.length,
      problem,
      similar: similarSigns(text(), rule().charset),
      scan: index > 0 ? 'off' : camera ? 'camera' : 'ready',
      scanned: byScan[index] ?? false,
    }),
    input(event) {
      switch (event.type) {
        case 'type': {
          const next = typing(text(), event.key, rule());
          if (next !== null) put(next);
          else if (!belongs(event.key, rule().charset)) problem = 'charset';
          return 'here';
        }
        case 'type-edit':
          if (event.edit === 'ok') return ok();
          put(event.edit === 'clear' ? '' : [...text()].slice(0, -1).join(''));
          return 'here';
        case 'scanned':
          if (index === 0) return scan(event);
          // A scan fills the account: on a later field it would change what is no longer on the screen.
          problem = 'scan-garbage';
          return 'here';
        case 'press':
          if (event.button === 'next') return ok();
          if (event.button === 'back') return go(index - 1);
          if (event.button === 'scan' && index === 0) {
            camera = true;
            problem = null;
          }
          if (event.button === 'stop-scan') camera = false;
          return 'here';
      }
    },
    values() {
      if (rules.some((one, at) => checkField(texts[at] ?? '', one, today()) !== null)) throw new Error('entry is not finished');
      return [...texts];
    },
    reopen() {
      go(0);
    },
    wipe() {
      texts.fill('');
      byScan.fill(false);
    },
  };
}
