import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { MAX_CORE_MESSAGE } from '../contract/port.ts';
import { err, ok, type Result } from '../contract/result.ts';
import { MAX_PAGE_FRAME, type Port } from './port.ts';
import { socketPort } from './socket-port.ts';

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

/**
 * The core's end: listens on a Unix domain socket (mode 0660) or a Windows named pipe, for pages' hosts.
 * A socket file that nobody answers on is replaced.
 */
export async function listenLocal(path: string, onPort: (port: Port) => void): Promise<Result<LocalServer, ListenError>> {
  if (!isPipe(path)) {
    if (Buffer.byteLength(path) > 107) return err('path-too-long');
    const blocked = await removeStale(path);
    if (blocked !== null) return err(blocked);
  }
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    onPort(socketPort(socket, MAX_PAGE_FRAME));
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
export function dialLocal(path: string, longest: number = MAX_CORE_MESSAGE): Promise<Port | null> {
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
