import type { Timers } from '../../transport/timers.ts';

/** The page that was just raised has the machine to itself for so long; then the one for the visit after this is loaded. */
const PREPARE_AFTER_MS = 500;

/** From a page's word that it has painted until its frame is drawn, ms; with software drawing on a slow machine. */
const SETTLE_MS = 50;

export interface SuccessionDeps<Page> {
  readonly timers: Timers;
  readonly open: () => Page;
  /** The page, its line and its storage are over. */
  readonly end: (page: Page) => void;
  /** It is heard from now on. `first`: nothing else is on the glass. */
  readonly onHeard: (page: Page, first: boolean) => void;
  /** It has painted this step and is on the glass from now on. */
  readonly onSeen: (page: Page, step: number) => void;
  /** Asks the page that is heard to say again what it has painted. */
  readonly probe: () => void;
}

/** The pages of a window, one after another: one is seen, the next is heard before it is seen, and one is loaded in advance that knows nothing. */
export class PageSuccession<Page extends object> {
  #seen: Page | null = null;
  #coming: Page | null = null;
  #spare: Page | null = null;
  /** Has painted, and had the time to be drawn. */
  #settled: Page | null = null;
  #preparing: unknown = null;
  #settling: unknown = null;
  readonly #deps: SuccessionDeps<Page>;

  constructor(deps: SuccessionDeps<Page>) {
    this.#deps = deps;
  }

  get seen(): Page | null {
    return this.#seen;
  }

  /** Those that a person may have touched or may touch. */
  get heard(): readonly Page[] {
    return [this.#seen, this.#coming].filter((page) => page !== null);
  }

  /** The next page is heard from now on, and seen as soon as it has painted. */
  next(): void {
    if (this.#coming !== null) this.#deps.end(this.#coming);
    const page = this.#spare ?? this.#deps.open();
    this.#spare = null;
    this.#coming = page;
    this.#deps.onHeard(page, this.#seen === null);
  }

  /** A page says so as it hands a frame over. Until that is on the glass its old one, "starting", would flash: so it must say it twice. */
  painted(page: Page, step: number): void {
    if (page !== this.#coming) return;
    if (this.#settled === page) {
      this.#take(page, step);
      return;
    }
    const { timers, probe } = this.#deps;
    timers.clearTimeout(this.#settling);
    this.#settling = timers.setTimeout(() => {
      this.#settled = page;
      probe();
    }, SETTLE_MS);
  }

  /** @returns whether it was the page loaded in advance: then it is over, and nobody has missed anything */
  dropSpare(page: Page): boolean {
    if (page !== this.#spare) return false;
    this.#spare = null;
    this.#deps.end(page);
    return true;
  }

  /** @returns every page there is, for the caller to destroy */
  close(): readonly Page[] {
    this.#deps.timers.clearTimeout(this.#preparing);
    this.#deps.timers.clearTimeout(this.#settling);
    return [this.#seen, this.#coming, this.#spare].filter((page) => page !== null);
  }

  #take(page: Page, step: number): void {
    const old = this.#seen;
    this.#seen = page;
    this.#coming = null;
    const { timers, open, end, onSeen } = this.#deps;
    onSeen(page, step);
    if (old !== null) end(old);
    timers.clearTimeout(this.#preparing);
    this.#preparing = timers.setTimeout(() => {
      this.#spare = this.#spare ?? open();
    }, PREPARE_AFTER_MS);
  }
}
