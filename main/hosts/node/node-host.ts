import { randomBytes } from 'node:crypto';
import type { Log } from '../../contract/log-events.ts';
import type { Snapshot } from '../../contract/page-protocol.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import { clearAfterVisits, memoryClearer } from '../../transport/clear-memory.ts';
import { connectLocal } from '../../transport/core-link.ts';
import { Relay } from '../../transport/relay.ts';
import { systemTimers } from '../../transport/timers.ts';
import { visitEnded } from '../../transport/visit-end.ts';
import { loadPageFiles } from '../page/page-files.ts';
import { type PageServer, servePages } from './page-server.ts';

export interface NodeHostOptions {
  /** Folder of the built page: `dist/renderer`. */
  readonly page: string;
  /** The core's local socket. It need not exist yet. */
  readonly socket: string;
  /** 0: any free port. */
  readonly port: number;
  readonly log: Log;
  /** A browser has used its address. */
  readonly onEntered?: () => void;
  /** A browser's page stays in a visit that is over, and shows what it likes: only who started that browser can end it. */
  readonly onStayed?: () => void;
}

export interface NodeHost {
  readonly origin: string;
  /** With a token in the fragment, good for one browser: a secret. */
  readonly url: string;
  /** Another one. */
  newUrl(): string;
  close(): Promise<void>;
}

/** `no-page`: the page is not built. `port`: the TCP port is taken, or not allowed. */
export type NodeHostError = 'no-page' | 'port';

/** The node host: the built page and its WebSocket on loopback, tied to the core over the local socket. */
export async function startNodeHost(options: NodeHostOptions): Promise<Result<NodeHost, NodeHostError>> {
  const files = loadPageFiles(options.page);
  if (!files.ok) return files;
  let server: PageServer | null = null;
  let before: Snapshot | null = null;
  const clearMemory = clearAfterVisits(systemTimers, memoryClearer());
  const relay = new Relay({
    core: connectLocal(options.socket, systemTimers),
    log: options.log,
    timers: systemTimers,
    onSnapshot(now) {
      if (visitEnded(before, now)) server?.endVisit();
      before = now;
      clearMemory(now);
    },
  });
  try {
    const pages = await servePages({
      files: files.value,
      port: options.port,
      random: randomBytes,
      log: options.log,
      onPage: (port) => relay.addPage(port),
      snapshot: () => relay.snapshot,
      onEntered: () => options.onEntered?.(),
      onStayed() {
        options.log('host.page-replaced', { reason: 'stayed' });
        options.onStayed?.();
      },
    });
    server = pages;
    return ok({
      origin: pages.origin,
      url: pages.url,
      newUrl: pages.newUrl,
      async close() {
        relay.close();
        await pages.close();
      },
    });
  } catch {
    relay.close();
    return err('port');
  }
}
