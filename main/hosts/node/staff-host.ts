import type { Log } from '../../contract/log-events.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import { MAX_STAFF_ANSWER } from '../../contract/staff.ts';
import { dialLocal } from '../../transport/local-socket.ts';
import { relayStaff } from '../../transport/staff-relay.ts';
import { systemTimers } from '../../transport/timers.ts';
import { loadPageFiles } from '../page/page-files.ts';
import type { NodeHostError } from './node-host.ts';
import { serveStaffPage } from './staff-server.ts';

export interface StaffHostOptions {
  /** Folder of the built pages: `dist/renderer`. */
  readonly page: string;
  /** The core's staff socket. */
  readonly socket: string;
  /** 0: any free port. */
  readonly port: number;
  readonly log: Log;
}

/** The staff's page on loopback, tied to the core's staff socket. It knows nothing of the public page, nor that of it. */
export async function startStaffHost(
  options: StaffHostOptions,
): Promise<Result<{ origin: string; close(): Promise<void> }, NodeHostError>> {
  const { page, socket, port, log } = options;
  const files = loadPageFiles(page, 'staff.html');
  if (!files.ok) return files;
  try {
    return ok(
      await serveStaffPage({
        files: files.value,
        port,
        log,
        onPage: (to, { know, key }) =>
          relayStaff(to, { dial: () => dialLocal(socket, MAX_STAFF_ANSWER), log, timers: systemTimers, onKnown: know, key }),
      }),
    );
  } catch {
    return err('port');
  }
}
