import type { Result } from '../../../contract/result.ts';
import type { PrintFailure } from '../../../contract/slip.ts';

/** An open way to a printer. Nothing throws. */
export interface PrinterLink {
  /** @returns whether the system took all of it. Waits as long as the printer's buffer is full; ends with `false` once closed */
  write(bytes: Uint8Array): Promise<boolean>;
  /** What the printer says. One listener. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** The way is gone: unplugged, reset, or closed by us. One listener; called at once when it is gone already. */
  onGone(listener: () => void): void;
  close(): void;
}

export type OpenLink = () => Promise<Result<PrinterLink, PrintFailure>>;
