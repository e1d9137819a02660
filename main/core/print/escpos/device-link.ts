import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { isatty } from 'node:tty';
import { err, ok } from '../../../contract/result.ts';
import type { PrintFailure } from '../../../contract/slip.ts';
import type { Clock } from '../../ports.ts';
import type { OpenLink } from './link.ts';
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
      let closed = false;
      let gone = false;
      let onGone = () => {};
      let onBytes = (_: Uint8Array) => {};
      let using = 0;
      const shut = () => {
        closed = true;
        // A descriptor that is in use by a worker must not be closed under it.
        if (using === 0) void file.close().catch(() => {});
      };
      const lose = () => {
        if (gone) return;
        gone = true;
        shut();
        onGone();
      };
      /** @returns bytes that went through; `null`: the device is gone */
      const attempt = async (work: () => Promise<number>): Promise<number | null> => {
        if (closed) return null;
        using += 1;
        let moved: number | null = 0;
        try {
          moved = await work();
        } catch (error) {
          if (codeOf(error) !== 'EAGAIN') moved = null;
        }
        using -= 1;
        if (closed) {
          if (using === 0) void file.close().catch(() => {});
          return null;
        }
        if (moved === null) lose();
        return moved;
      };
      const pause = () => new Promise<void>((resume) => clock.setTimeout(resume, AGAIN_MS));
      const listen = async () => {
        const buffer = Buffer.alloc(64);
        while (!closed) {
          const read = await attempt(async () => (await file.read(buffer, 0, buffer.length, null)).bytesRead);
          if (read === null) return;
          if (read > 0) onBytes(Buffer.from(buffer.subarray(0, read)));
          else await pause();
        }
      };
      void listen();
      return ok({
        async write(bytes) {
          let at = 0;
          while (at < bytes.length) {
            const from = at;
            const written = await attempt(async () => (await file.write(bytes, from, bytes.length - from, null)).bytesWritten);
            if (written === null) return false;
            at += written;
            if (written === 0) await pause();
          }
          return true;
        },
        onBytes(listener) {
          onBytes = listener;
        },
        onGone(listener) {
          onGone = listener;
          if (gone) listener();
        },
        close: lose,
      });
    } catch (error) {
      return err(failureOf(error));
    }
  };
}
