import type { CardHostRequest } from '../../contract/card-host.ts';

/** A running card host, whatever it is made of. */
export interface HostProcess {
  /** Sending to a host that is going down does nothing; `onExit` tells. */
  send(request: CardHostRequest): void;
  /** What comes is not checked yet. */
  onMessage(listener: (message: unknown) => void): void;
  /** Once, however it ended. `code` -1: by a signal, or it never started. */
  onExit(listener: (exit: { code: number; signal: string }) => void): void;
  /** At once and for good: nothing in PC/SC can end a call that hangs. */
  kill(): void;
}
