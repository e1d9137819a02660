import type { Clock } from '../../ports.ts';
import type { Said } from './status.ts';

/** Waits for what a printer says, one question at a time. */
export class AnswerWait {
  private readonly clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>;
  private heard = (_: Said) => {};
  private lost = () => {};
  private gone = false;

  constructor(clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>) {
    this.clock = clock;
  }

  /** @returns the first thing said that `wanted` makes something of. `late`: too long, or the link is gone */
  next<T>(ms: number, wanted: (said: Said) => T | undefined): Promise<T | 'late'> {
    return new Promise((resolve) => {
      const end = (value: T | 'late') => {
        this.clock.clearTimeout(timer);
        this.heard = () => {};
        this.lost = () => {};
        resolve(value);
      };
      const timer = this.clock.setTimeout(() => end('late'), ms);
      this.heard = (said) => {
        const value = wanted(said);
        if (value !== undefined) end(value);
      };
      this.lost = () => end('late');
      if (this.gone) this.lost();
    });
  }

  /** The printer has said something, whoever asked. */
  said(what: Said): void {
    this.heard(what);
  }

  /** The link is gone: nothing more comes. */
  lose(): void {
    this.gone = true;
    this.lost();
  }
}
