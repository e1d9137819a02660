import type { HeldKey, Sign, WedgeKey } from './wedge-key.ts';

/** Between two keys of a scanner at most, ms: slow ones take 70, and a busy machine adds some. A person's fingers are slower, but for a roll. */
export const PACE_MS = 100;
/** Between two keys of a fast scanner at most, ms: so fast nobody types three keys. */
const FAST_MS = 35;
/** How long a key waits to see whether a scan begins with it, ms. */
const HOLD_MS = 200;
/** Between two keys of a slow scanner (by radio, or told to wait) at most, ms, where nobody has keys and all of them are a scanner's. */
const SLOW_MS = 1000;
/** Its keys come so much later than the others at most. */
const UNEVEN = 3;
/** A scan that is one for certain may stop for so long, ms; then it has ended. Scanners that send no line end are read by it. */
const PAUSE_MS = 300;
/** Longest text of a scan; what comes after it is dropped. */
export const MOST_SIGNS = 512;

/** Keys that have come and are not told apart yet, and whether their pace is a scanner's. */
export class KeyRun<Mark> {
  private held: HeldKey<Mark>[] = [];
  /** Of the newest keys: how many signs came at a scanner's pace, and how many of those at a fast one's. */
  private signs = 0;
  private fast = 0;
  private certain = false;
  /** It has keys that are no person's; the widest gap between its keys so far, ms. */
  private slow = false;
  private widest = 0;
  private last = Number.NEGATIVE_INFINITY;

  get empty(): boolean {
    return this.held.length === 0;
  }

  /** It is a scan, for certain. */
  get sure(): boolean {
    return this.certain;
  }

  /** When its last key went down, ms. */
  get lastAt(): number {
    return this.last;
  }

  /** A key at this moment belongs to what runs. */
  runsOn(at: number): boolean {
    return this.certain || (this.held.length > 0 && at - this.last <= PACE_MS);
  }

  /** It is a scan, and so long ago that it has ended. */
  isOver(now: number): boolean {
    return this.certain && now - this.last > this.pause();
  }

  /** When nothing more is to be expected of it, ms; null: nothing waits. @param always a sign is under way that is not held yet */
  endsAt(always: boolean): number | null {
    const [oldest] = this.held;
    if (always) return this.last + this.pause() + 1;
    if (oldest === undefined) return null;
    return this.certain ? this.last + this.pause() + 1 : Math.max(this.last + PACE_MS + 1, oldest.key.at + HOLD_MS);
  }

  /** An Enter or Tab at this moment is the end of a scan. */
  isEndedBy({ at, typing }: WedgeKey<Mark>): boolean {
    if (this.certain) return true;
    const gap = at - this.last;
    return gap <= PACE_MS && this.signs >= (typing && gap > FAST_MS ? 3 : 1);
  }

  hold(key: WedgeKey<Mark>, sign: Sign | null): void {
    const gap = key.at - this.last;
    if (this.held.length > 0) this.widest = Math.max(this.widest, gap);
    if (!key.own) this.slow = this.certain = true;
    this.signs = sign === null ? 0 : gap <= PACE_MS ? this.signs + 1 : 1;
    this.fast = sign === null ? 0 : gap <= FAST_MS ? this.fast + 1 : 1;
    if (!this.certain) this.certain = this.fast >= 3 || this.signs >= (key.typing ? 8 : 4);
    if (sign === null) this.held.push({ key, sign });
    else this.add(key, sign);
    this.last = key.at;
  }

  /** A sign that several keys made. */
  add(key: WedgeKey<Mark>, sign: Sign): void {
    if (this.held.length < MOST_SIGNS * 2) this.held.push({ key, sign });
  }

  /** A key that only a scanner sends, and that types nothing by itself. @param first nothing is under way */
  scannersOwn({ at, own }: WedgeKey<Mark>, first: boolean): void {
    this.certain = true;
    if (!own) this.slow = true;
    if (!first || this.held.length > 0) this.widest = Math.max(this.widest, at - this.last);
    this.last = at;
  }

  /** A key that comes between the others and is none of them. */
  touch(at: number): void {
    this.last = at;
  }

  /** Hands the keys back that have waited long enough. Not while a scan may be in the making. */
  release(now: number, all = false): readonly HeldKey<Mark>[] {
    if (this.certain || (!all && now - this.last <= PACE_MS)) return [];
    const ready = all ? this.held : this.held.filter(({ key }) => now - key.at >= HOLD_MS);
    this.held = this.held.slice(ready.length);
    if (this.held.length === 0) this.reset();
    return ready;
  }

  /** The scan has ended. @returns its keys */
  take(): readonly HeldKey<Mark>[] {
    const { held } = this;
    this.reset();
    return held;
  }

  /** The next key begins anew. */
  private reset(): void {
    this.held = [];
    this.signs = 0;
    this.fast = 0;
    this.certain = false;
    this.slow = false;
    this.widest = 0;
  }

  /** How long a scan may stop, ms. A slow scanner stops after each key; how long, its first two say. */
  private pause(): number {
    if (!this.slow) return PAUSE_MS;
    return this.held.length < 2 ? SLOW_MS : Math.min(SLOW_MS, Math.max(PAUSE_MS, this.widest * UNEVEN));
  }
}
