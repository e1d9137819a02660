import type { Clock } from '../ports.ts';

/** At most one write in so long. */
const GATHER_MS = 1000;
/** What could not be written is tried again after so long. */
const RETRY_MS = 60_000;

export interface LazyWriterDeps {
  readonly clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>;
  /** Writes all that has gathered. May throw. */
  readonly write: () => void;
  /** It could not be written: told once, until it can again. */
  readonly onFault: () => void;
}

/** Gathers what is to be written, so that many small changes cost one write, and a disk that fails is left alone for a while. */
export class LazyWriter {
  private readonly deps: LazyWriterDeps;
  private timer: unknown = null;
  private failing = false;

  constructor(deps: LazyWriterDeps) {
    this.deps = deps;
  }

  /** Something has changed. */
  soon(): void {
    this.timer ??= this.deps.clock.setTimeout(() => this.flush(), this.failing ? RETRY_MS : GATHER_MS);
  }

  flush(): void {
    if (this.timer !== null) this.deps.clock.clearTimeout(this.timer);
    this.timer = null;
    try {
      this.deps.write();
      this.failing = false;
    } catch {
      if (!this.failing) this.deps.onFault();
      this.failing = true;
    }
  }
}
