import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { isatty } from 'node:tty';
import { err, ok } from '../../../contract/result.ts';
import type { PrintFailure } from '../../../contract/slip.ts';
import type { Clock } from '../../ports.ts';
import type { OpenLink, PrinterLink } from './link.ts';
import type { SetLine } from './serial-line.ts';

/** How often a device that has nothing to say, or no room, is asked again. */
const AGAIN_MS = 20;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

function failureOf(error: unknown): PrintFailure {
  const code = codeOf(error);
  // The file is there and we may not, or it is no printer: for staff to put right. Else it is off or unplugged.
  return ['EACCES', 'EPERM', 'EISDIR', 'EBUSY', 'EROFS'].includes(code) ? 'refused' : 'offline';
}

/**
 * A printer behind a device file: Linux's usblp, or a serial line, which is set up first. Opened without blocking: a read or write that waits for a printer would hold
 * one of Node's few worker threads for as long as it is out of paper.
 */
export function deviceLink(path: string, clock: Clock, setLine: SetLine): OpenLink {
  return async () => {
    try {
      const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
      if (!(await file.stat()).isCharacterDevice()) {
        await file.close();
        return err('refused');
      }
      // Before the first byte of ours: on a line that is not set up the printer's own answers come back to it.
      if (isatty(file.fd) && !(await setLine(path))) {
        await file.close();
        return err('line-not-set-up');
      }
      return ok(new DeviceLink(file, clock));
    } catch (error) {
      return err(failureOf(error));
    }
  };
}

/** An open device: reads as long as it is there, and is closed when no worker is in it any more. */
class DeviceLink implements PrinterLink {
  private readonly file: FileHandle;
  private readonly clock: Clock;
  private gone = false;
  private goneListener = () => {};
  private bytesListener = (_: Uint8Array) => {};
  /** Reads and writes that are under way. */
  private using = 0;

  constructor(file: FileHandle, clock: Clock) {
    this.file = file;
    this.clock = clock;
    void this.listen();
  }

  async write(bytes: Uint8Array): Promise<boolean> {
    let at = 0;
    while (at < bytes.length) {
      const from = at;
      const written = await this.attempt(
        async () => (await this.file.write(bytes, from, bytes.length - from, null)).bytesWritten,
      );
      if (written === null) return false;
      at += written;
      if (written === 0) await this.pause();
    }
    return true;
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.bytesListener = listener;
  }

  onGone(listener: () => void): void {
    this.goneListener = listener;
    if (this.gone) listener();
  }

  close(): void {
    if (this.gone) return;
    this.gone = true;
    this.shut();
    this.goneListener();
  }

  /** A descriptor that is in use by a worker must not be closed under it. */
  private shut(): void {
    if (this.using === 0) void this.file.close().catch(() => {});
  }

  /** @returns bytes that went through; `null`: the device is gone */
  private async attempt(work: () => Promise<number>): Promise<number | null> {
    if (this.gone) return null;
    this.using += 1;
    let moved: number | null = 0;
    try {
      moved = await work();
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') moved = null;
    }
    this.using -= 1;
    if (this.gone) {
      this.shut();
      return null;
    }
    if (moved === null) this.close();
    return moved;
  }

  private pause(): Promise<void> {
    return new Promise((resume) => this.clock.setTimeout(resume, AGAIN_MS));
  }

  private async listen(): Promise<void> {
    const buffer = Buffer.alloc(64);
    while (!this.gone) {
      const read = await this.attempt(async () => (await this.file.read(buffer, 0, buffer.length, null)).bytesRead);
      if (read === null) return;
      if (read > 0) this.bytesListener(Buffer.from(buffer.subarray(0, read)));
      else await this.pause();
    }
  }
}
