import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { MAX_PHOTO_MESSAGE } from '../contract/page-protocol.ts';
import { err, ok, type Result } from '../contract/result.ts';
import { createCrowd, GREETING_MS } from './crowd.ts';
import { MAX_PAGE_FRAME, type Port } from './message-port.ts';
import { socketPort } from './socket-port.ts';
import { systemTimers, type Timers } from './timers.ts';

/**
 * Why the core cannot listen. `in-use`: another core answers there. `not-a-socket`: a file of another kind is in the way
 * (left alone). `path-too-long`: a Unix socket's path holds at most 107 bytes.
 */
export type ListenError = 'in-use' | 'not-a-socket' | 'path-too-long' | 'not-writable';

export interface LocalServer {
  readonly path: string;
  /** Drops every connection and removes the socket file. */
  close(): Promise<void>;
}

const isPipe = (path: string) => path.startsWith('\\\\.\\pipe\\');

export interface LocalLimits {
  /** Longest frame taken in, bytes. With `MAX_LOCAL` it bounds what strangers make us hold. */
  readonly longest: number;
  readonly timers: Timers;
}

/** Connections at one time: a host or two, the staff's devices, and some that are just being made anew. */
export const MAX_LOCAL = 32;

/**
 * The core's end: listens on a Unix domain socket (mode 0660) or a Windows named pipe, for pages' hosts.
 * A socket file that nobody answers on is replaced. Who has connected has `GREETING_MS` for a first whole frame, and for each that was begun.
 */
export async function listenLocal(
  path: string,
  onPort: (port: Port) => void,
  { longest, timers }: LocalLimits = { longest: MAX_PAGE_FRAME, timers: systemTimers },
): Promise<Result<LocalServer, ListenError>> {
  if (!isPipe(path)) {
    if (Buffer.byteLength(path) > 107) return err('path-too-long');
    const blocked = await removeStale(path);
    if (blocked !== null) return err(blocked);
  }
  const open = new Set<Socket>();
  const crowd = createCrowd<Socket>({ most: MAX_LOCAL, timers, drop: (socket) => socket.destroy() });
  const server = createServer((socket) => {
    let late: unknown = null;
    const awaitFrame = (whole: number, unfinished: boolean) => {
      if (whole > 0) {
        crowd.know(socket);
        timers.clearTimeout(late);
        late = null;
      }
      if (unfinished) late ??= timers.setTimeout(() => socket.destroy(), GREETING_MS);
    };
    open.add(socket);
    socket.once('close', () => {
      timers.clearTimeout(late);
      crowd.leave(socket);
      open.delete(socket);
    });
    onPort(socketPort(socket, longest, awaitFrame));
    crowd.enter(socket);
  });
  // bind() happens inside listen() for a path, so the file never exists with wider rights, not even for a moment.
  const umask = process.umask(0o117);
  const listening = new Promise<ListenError | null>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE' ? 'in-use' : 'not-writable'));
    server.listen(path, () => resolve(null));
  });
  process.umask(umask);
  const failed = await listening;
  if (failed !== null) return err(failed);
  if (!isPipe(path)) chmodSync(path, 0o660);
  return ok({
    path,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  });
}

async function removeStale(path: string): Promise<ListenError | null> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (!found.isSocket()) return 'not-a-socket';
  if (await answers(path)) return 'in-use';
  try {
    unlinkSync(path);
    return null;
  } catch {
    return 'not-writable';
  }
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    const settle = (there: boolean) => {
      probe.destroy();
      resolve(there);
    };
    probe.once('connect', () => settle(true));
    // EACCES: somebody else's live socket, as far as we can tell.
    probe.once('error', (error: NodeJS.ErrnoException) => settle(error.code === 'EACCES'));
  });
}

/** One connection attempt. @param longest frame taken in, bytes @returns null when nobody answers. */
export function dialLocal(path: string, longest: number = MAX_PHOTO_MESSAGE): Promise<Port | null> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const failed = () => resolve(null);
    socket.once('error', failed);
    socket.once('connect', () => {
      socket.off('error', failed);
      resolve(socketPort(socket, longest));
    });
  });
}
