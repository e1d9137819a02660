import type { Log } from '../contract/log-events.ts';
import { CoreMessage, type PageMessage, type Snapshot } from '../contract/port.ts';
import { unreachable } from '../contract/result.ts';
import type { CoreLink } from './core-link.ts';
import { createPageGate, parseJson } from './page-gate.ts';
import type { Port } from './port.ts';
import { startingSnapshot } from './starting-snapshot.ts';
import type { Timers } from './timers.ts';

/** Ties the pages of one host to the core. */
export interface Relay {
  /** Takes over a page's Port until it closes. */
  addPage(port: Port): void;
  /** Sends every page the newest snapshot once more: the watchdog asks for a sign of life with it. */
  probe(): void;
  /** The step of the newest snapshot, as the pages know it. */
  readonly step: number;
  close(): void;
}

export interface RelayOptions {
  readonly core: CoreLink;
  readonly log: Log;
  readonly timers: Timers;
  /** Called with the step a page has painted. */
  readonly onPainted?: (step: number) => void;
  /** Called with the step that was just sent to the pages. */
  readonly onSent?: (step: number) => void;
}

/** How long a screen without a session outlives its core. A restart takes less; a longer gap is shown as what it is. */
export const CORE_GRACE_MS = 3000;

const hello = JSON.stringify({ type: 'hello', v: 1 } satisfies PageMessage);

/**
 * Passes intents to the core and snapshots to the pages, and only what parses. While the core is away, a page that comes gets the
 * last snapshot. That ends at once when the snapshot belonged to a session (a core that died has lost it, and cannot see the card
 * being taken), and after `CORE_GRACE_MS` otherwise: then every page shows "out of order: starting".
 */
export function createRelay({ core, log, timers, onPainted, onSent }: RelayOptions): Relay {
  const pages = new Set<{ port: Port; greeted: boolean; behind: boolean; stale: boolean }>();
  let last: Snapshot | null = null;
  let shown: Snapshot = startingSnapshot(null);
  let text = snapshotText(shown);
  let grace: unknown = null;

  const send = (page: { port: Port; behind: boolean; stale: boolean }) => {
    if (page.behind) page.stale = true;
    else page.behind = !page.port.send(text);
  };
  const show = (snapshot: Snapshot) => {
    shown = snapshot;
    text = snapshotText(snapshot);
    for (const page of pages) if (page.greeted) send(page);
    onSent?.(snapshot.step);
  };
  const away = () => show(startingSnapshot(last));

  const off = [
    core.onUp(() => core.send(hello)),
    core.onDown(() => {
      timers.clearTimeout(grace);
      if (shown.session) away();
      else grace = timers.setTimeout(away, CORE_GRACE_MS);
    }),
    core.onMessage((raw) => {
      const parsed = CoreMessage.safeParse(parseJson(raw));
      if (!parsed.success) {
        log('host.refused', { reason: 'core-message' });
        return;
      }
      // A `refused` from the core answers something this relay let through; the page can do nothing about it.
      if (parsed.data.type === 'refused') return;
      timers.clearTimeout(grace);
      last = parsed.data.snapshot;
      show(last);
    }),
  ];
  if (core.up) core.send(hello);

  return {
    addPage(port) {
      const page = { port, greeted: false, behind: false, stale: false };
      const judge = createPageGate(log, timers);
      pages.add(page);
      port.onClose(() => pages.delete(page));
      port.onDrain(() => {
        page.behind = false;
        if (!page.stale) return;
        page.stale = false;
        send(page);
      });
      port.onMessage((raw) => {
        const judged = judge(raw);
        if (judged.kind === 'over') return;
        if (judged.kind === 'refused') {
          if (!page.behind) page.behind = !port.send(judged.reply);
          return;
        }
        const { message } = judged;
        switch (message.type) {
          case 'hello':
            page.greeted = true;
            send(page);
            onSent?.(shown.step);
            return;
          case 'intent':
            // Written anew from what was parsed, so that nothing rides along.
            core.send(JSON.stringify(message));
            return;
          case 'painted':
            onPainted?.(message.step);
            return;
          default:
            unreachable(message);
        }
      });
    },
    probe() {
      for (const page of pages) if (page.greeted) send(page);
    },
    get step() {
      return shown.step;
    },
    close() {
      timers.clearTimeout(grace);
      for (const unsubscribe of off) unsubscribe();
      core.close();
      for (const page of [...pages]) page.port.close();
    },
  };
}

function snapshotText(snapshot: Snapshot): string {
  return JSON.stringify({ type: 'snapshot', snapshot } satisfies CoreMessage);
}
