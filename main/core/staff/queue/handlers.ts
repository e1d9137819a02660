import { err, ok, type Result } from '../../../contract/result.ts';
import type { StaffError } from '../../../contract/staff.ts';
import type { OutboxStore } from '../../outbox/outbox.ts';
import type { Clock } from '../../ports.ts';
import type { StaffDelivery } from '../../sync/delivery.ts';
import type { StaffHandlers } from '../handlers.ts';
import { importAnswers } from './import-answers.ts';
import { listMedia, mediumFolder } from './media.ts';
import { queueView } from './queue-view.ts';
import type { VerifyAnswer } from './read-answer.ts';
import { writeExport } from './write-export.ts';

export interface QueueHandlerSources {
  /** null: the queue could not be opened; there is nothing to see. */
  readonly outbox: OutboxStore | null;
  readonly delivery: StaffDelivery | null;
  readonly clock: Pick<Clock, 'now'>;
  readonly terminal: string;
  readonly mediaFolder: string;
  /** Sandbox: any folder there counts as a medium. */
  readonly plainMedia: boolean;
  readonly verify: VerifyAnswer | null;
}

type QueueRequests = 'queue' | 'retry-now' | 'release' | 'export' | 'import';

export function queueHandlers(sources: QueueHandlerSources): Pick<StaffHandlers, QueueRequests> {
  const { outbox, delivery, clock, terminal, mediaFolder, plainMedia, verify } = sources;
  if (outbox === null || delivery === null) {
    const broken = async (): Promise<Result<never, StaffError>> => err('storage');
    return { queue: broken, 'retry-now': broken, release: broken, export: broken, import: broken };
  }
  /** A medium is written or read: two at once would mix their files. */
  let busy = false;
  const alone = async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (busy) return null;
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  };
  return {
    queue: async () => {
      const media = listMedia(mediaFolder, plainMedia);
      return ok({ what: 'queue', queue: queueView({ outbox, delivery, media, now: clock.now() }) });
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
