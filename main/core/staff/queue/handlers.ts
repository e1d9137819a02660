import { join } from 'node:path';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { StaffError } from '../../../contract/staff.ts';
import type { OutboxStore } from '../../outbox/outbox.ts';
import type { Clock } from '../../ports.ts';
import type { StaffDelivery } from '../../sync/delivery.ts';
import type { StaffHandlers } from '../handlers.ts';
import { importAnswers } from './import-answers.ts';
import { listMedia, mediumFolder } from './media.ts';
import { choiceOf, fewReceipts, queueView } from './queue-view.ts';
import type { VerifyAnswer } from './read-answer.ts';
import { salvageFile } from './salvage-file.ts';
import { lookAtSetAside } from './set-aside.ts';
import { writeExport } from './write-export.ts';

export interface QueueHandlerDeps {
  /** null: the queue could not be opened; there is nothing to see. */
  readonly outbox: OutboxStore | null;
  readonly delivery: StaffDelivery | null;
  readonly clock: Pick<Clock, 'now'>;
  readonly terminal: string;
  readonly mediaFolder: string;
  /** Sandbox: any folder there counts as a medium. */
  readonly plainMedia: boolean;
  readonly verify: VerifyAnswer | null;
  /** Folder of the queue, where set-aside files lie. */
  readonly folder: string;
}

type QueueRequests =
  | ('queue' | 'retry-now' | 'release' | 'release-all' | 'export' | 'import')
  | ('check-queue' | 'seen-findings' | 'set-aside' | 'salvage');
type QueueHandlers = Pick<StaffHandlers, QueueRequests>;

const broken = async (): Promise<Result<never, StaffError>> => err('storage');
const withoutQueue: QueueHandlers = {
  queue: broken,
  'retry-now': broken,
  release: broken,
  'release-all': broken,
  'check-queue': broken,
  'seen-findings': broken,
  'set-aside': broken,
  salvage: broken,
  export: broken,
  import: broken,
};
const ANY_PARKED = { reason: null, kind: null };

/** What both kinds of request need of a queue that is there. */
type OpenQueue = Omit<QueueHandlerDeps, 'outbox' | 'delivery'> & {
  readonly outbox: OutboxStore;
  readonly delivery: StaffDelivery;
};
type FileRequests = 'set-aside' | 'salvage' | 'export' | 'import';

export function queueHandlers({ outbox, delivery, ...rest }: QueueHandlerDeps): QueueHandlers {
  if (outbox === null || delivery === null) return withoutQueue;
  const queue = { ...rest, outbox, delivery };
  return { ...rowHandlers(queue), ...fileHandlers(queue) };
}

/** Requests about rows of the queue. */
function rowHandlers({ outbox, delivery, clock, mediaFolder, plainMedia }: OpenQueue): Omit<QueueHandlers, FileRequests> {
  return {
    queue: async ({ parked = ANY_PARKED }) => {
      const media = listMedia(mediaFolder, plainMedia);
      return ok({ what: 'queue', queue: queueView({ outbox, delivery, media, parked, now: clock.now() }) });
    },
    'retry-now': async () => {
      delivery.retryNow();
      return ok({ what: 'done' });
    },
    release: async ({ row }) => {
      const released = outbox.staff.unpark(row);
      if (!released.ok) return released;
      delivery.nudge();
      return ok({ what: 'done' });
    },
    'release-all': async ({ parked }) => {
      const rows = outbox.staff.releaseAll(choiceOf(parked));
      if (rows === null) return err('storage');
      delivery.nudge();
      // How many there are of a kind nobody counts.
      return ok({ what: 'released', rows: parked.kind === null ? rows : null });
    },
    'check-queue': async () => {
      outbox.staff.startCheck();
      return ok({ what: 'done' });
    },
    'seen-findings': async () => {
      outbox.staff.acknowledgeFindings();
      return ok({ what: 'done' });
    },
  };
}

/** @returns runs one thing at a time; null: something runs, and this was not begun */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T | null> {
  let busy = false;
  return async (work) => {
    if (busy) return null;
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  };
}

/** Requests that read or write a medium or a file: two at once would mix them. */
function fileHandlers(queue: OpenQueue): Pick<QueueHandlers, FileRequests> {
  const { outbox, delivery, clock, terminal, mediaFolder, plainMedia, verify, folder } = queue;
  const alone = oneAtATime();
  return {
    'set-aside': async () => {
      const files = await alone(() => lookAtSetAside(outbox.staff, folder));
      return files === null ? err('storage') : ok({ what: 'set-aside', files });
    },
    salvage: async ({ file }) => {
      const aside = outbox.staff.setAsideFiles();
      if (!aside.includes(file)) return err('bad-file');
      const others = aside.filter((name) => name !== file).map((name) => join(folder, name));
      const done = await alone(() => salvageFile(outbox.staff, { path: join(folder, file), others, scratch: folder }));
      if (done === null) return err('storage');
      if (!done.ok) return err(done.error === 'storage' ? 'storage' : 'bad-file');
      const { restored, known, unreadable } = done.value;
      delivery.nudge();
      return ok({ what: 'salvaged', restored, known, ...fewReceipts(unreadable) });
    },
    export: async ({ media }) => {
      const medium = mediumFolder(mediaFolder, plainMedia, media);
      if (medium === null) return err('no-media');
      const done = await alone(() => writeExport({ outbox, medium, terminal, now: clock.now() }));
      if (done === null) return err('storage');
      return done.ok ? ok({ what: 'exported', ...done.value }) : done;
    },
    import: async ({ media }) => {
      const medium = mediumFolder(mediaFolder, plainMedia, media);
      if (medium === null) return err('no-media');
      const done = await alone(() => importAnswers({ outbox, delivery, medium, terminal, verify }));
      if (done === null) return err('storage');
      return done.ok ? ok({ what: 'imported', ...done.value }) : done;
    },
  };
}
