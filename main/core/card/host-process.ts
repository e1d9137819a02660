import type { CardHostRequest } from '../../contract/card-host.ts';
import type { LineFrame } from '../../contract/card-line.ts';

/** A running card host, whatever it is made of. */
export interface HostProcess {
  /** Sending to a host that is going down does nothing; `onExit` tells. */
  send(request: CardHostRequest): void;
  /** One command APDU over the line. Nothing of it is kept once it is on its way. */
  command(frame: LineFrame): void;
  /** Answers of the card. @param listener null: the line cannot be read any more */
  onAnswer(listener: (frame: LineFrame | null) => void): void;
  /** What comes is not checked yet. */
  onMessage(listener: (message: unknown) => void): void;
  /** Once, however it ended. `code` -1: by a signal, or it never started. */
  onExit(listener: (exit: { code: number; signal: string }) => void): void;
  /** At once and for good: nothing in PC/SC can end a call that hangs. */
  kill(): void;
}
