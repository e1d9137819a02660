import { signOfNumber } from '../../main/contract/key-layout.ts';
import { KeyRun, MOST_SIGNS } from './key-run.ts';
import { asKey, controlName, isBrowsers, isCommand, isModifier, type Sign, signOf, type WedgeKey } from './wedge-key.ts';

/** A line end so soon after a scan, ms, belongs to it: some scanners send two, some send theirs late. */
const LATE_END_MS = 300;
const LATE_AFTER_PAUSE_MS = 1000;
/** Of a sign's number. */
const MOST_DIGITS = 6;

export type WedgeEvent<Mark> =
  /** Keys that a person pressed, in order. */
  | { readonly do: 'keys'; readonly keys: readonly Pick<WedgeKey<Mark>, 'key' | 'mark'>[] }
  /** `text` as the machine's own layout has it; `us`, `jis`: what the same keys say there. `mark`: of the first key. */
  | { readonly do: 'scan'; readonly text: string; readonly us: string; readonly jis: string; readonly mark: Mark };

/** What a key came to. `taken`: nobody else may see it. */
interface Pressed<Mark> {
  readonly taken: boolean;
  readonly events: WedgeEvent<Mark>[];
}

/**
 * Tells a keyboard-wedge scanner from a person at the same keyboard. Every key waits for a while. Keys at a scanner's pace that are too many or too
 * fast for hands, or that end with Enter or Tab at that pace, are one scan, with whatever came just before; it ends with Enter, Tab or a
 * pause. All else is handed back as the keys it was. A key that is no person's (`own`) is a scanner's at any pace, and never handed back. Keys
 * that would work the browser (function keys, anything with Ctrl, Alt or Meta) reach nobody.
 */
export class Wedge<Mark> {
  private readonly run = new KeyRun<Mark>();
  /** Until when a line end belongs to the scan before it. */
  private lateUntil = Number.NEGATIVE_INFINITY;
  /** Alt is held and the pad types a sign's number: its first key, and the digits. */
  private numbered: { readonly key: WedgeKey<Mark>; readonly digits: string } | null = null;

  /** @returns what is known now */
  press(key: WedgeKey<Mark>): Pressed<Mark> {
    const { run } = this;
    if (key.repeat) {
      const types = key.key === 'Enter' || [...key.key].length === 1;
      return { taken: !key.own || isBrowsers(key) || run.sure || !run.empty || types, events: [] };
    }
    const events = [...(run.isOver(key.at) ? this.scan(LATE_AFTER_PAUSE_MS) : []), ...this.release(key.at)];
    if (key.alt && /^Numpad[0-9]$/.test(key.code)) {
      this.number(key);
      return { taken: true, events };
    }
    const ends = this.endNumber();
    if (ends !== null && /[\r\n\t]/.test(ends)) events.push(...this.scan(LATE_END_MS));
    const name = controlName(key);
    const pressed = name === 'Enter' || name === 'Tab' ? this.lineEnd(key) : this.other(key);
    return { taken: pressed.taken, events: [...events, ...pressed.events] };
  }

  /** Time went by without a key. */
  tick(now: number): WedgeEvent<Mark>[] {
    if (this.run.sure) return this.run.isOver(now) ? this.scan(LATE_AFTER_PAUSE_MS) : [];
    return this.release(now);
  }

  /** When `tick` is wanted; null: nothing waits. */
  next(): number | null {
    return this.run.endsAt(this.numbered !== null);
  }

  /** A digit of a sign's number. Nobody at a kiosk has a reason to; a scanner sends whole texts so. */
  private number(key: WedgeKey<Mark>): void {
    this.run.scannersOwn(key, this.numbered === null);
    const digits = (this.numbered?.digits ?? '') + key.code.slice(-1);
    this.numbered = { key: this.numbered?.key ?? key, digits: digits.slice(0, MOST_DIGITS) };
  }

  /** The number is whole: another sign begins, or the scan ends. @returns the sign that was meant */
  private endNumber(): string | null {
    if (this.numbered === null) return null;
    const { key, digits } = this.numbered;
    this.numbered = null;
    const said = signOfNumber(digits);
    if (said !== null && !/[\r\n\t]/.test(said)) this.run.add(key, { text: said, us: said, jis: said });
    return said;
  }

  private scan(late: number): WedgeEvent<Mark>[] {
    this.endNumber();
    this.lateUntil = this.run.lastAt + late;
    const keys = this.run.take();
    const signs = keys.flatMap(({ sign }) => (sign === null ? [] : [sign])).slice(0, MOST_SIGNS);
    const mark = keys[0]?.key.mark;
    if (signs.length === 0 || mark === undefined) return [];
    const said = (what: keyof Sign) =>
      signs
        .map((sign) => sign[what])
        .join('')
        .slice(0, MOST_SIGNS);
    return [{ do: 'scan', text: said('text'), us: said('us'), jis: said('jis'), mark }];
  }

  /** Hands keys of a person back. */
  private release(now: number, all = false): WedgeEvent<Mark>[] {
    const ready = this.run.release(now, all);
    return ready.length === 0 ? [] : [{ do: 'keys', keys: ready.map(asKey) }];
  }

  /** Enter or Tab: the end of a scan, of one that came before, or a key like others. */
  private lineEnd(key: WedgeKey<Mark>): Pressed<Mark> {
    const { run } = this;
    const taken = (events: WedgeEvent<Mark>[]) => {
      run.touch(key.at);
      return { taken: true, events };
    };
    if (run.isEndedBy(key)) return taken(this.scan(LATE_END_MS));
    if (run.empty && (!key.own || key.at <= this.lateUntil)) return taken([]);
    if (!key.own) return taken(this.release(key.at, true));
    if (key.key === 'Enter' && !isBrowsers(key)) return this.hold(key, null);
    return { taken: isBrowsers(key), events: this.release(key.at, true) };
  }

  private other(key: WedgeKey<Mark>): Pressed<Mark> {
    const { run } = this;
    const running = run.runsOn(key.at);
    if (isModifier(key)) {
      // Shift and its like come between the signs of a scan.
      if (running) run.touch(key.at);
      return { taken: running || !key.own, events: [] };
    }
    const sign = signOf(key);
    const chord = key.alt || key.control;
    if (sign !== null && !chord) return this.hold(key, sign);
    if (run.sure || (running && chord)) {
      // Control signs between the others: GS of a GS1 code is Ctrl-] on a keyboard.
      if (sign !== null) return this.hold(key, sign);
      run.touch(key.at);
      return { taken: true, events: [] };
    }
    // What a scanner sends first may be such a key; what comes after it is the scan.
    if (!key.own || isBrowsers(key)) return { taken: true, events: this.release(key.at, true) };
    if (isCommand(key)) return this.hold(key, null);
    return { taken: false, events: this.release(key.at, true) };
  }

  private hold(key: WedgeKey<Mark>, sign: Sign | null): Pressed<Mark> {
    this.run.hold(key, sign);
    return { taken: true, events: [] };
  }
}
