import type { CatalogueSource, Clock, Delivery } from '../ports.ts';
import type { CatalogueUpdater } from './updater.ts';

export interface CataloguePollerDeps {
  readonly keeper: CatalogueUpdater;
  readonly delivery: Pick<Delivery, 'line' | 'onLine'>;
  readonly clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>;
  /** How often the platform is asked for a newer one. */
  readonly everyMs: number;
}

/** Asks for a newer catalogue when the line comes back and from time to time. One question at a time. */
export function catalogueInBackground({ keeper, delivery, clock, everyMs }: CataloguePollerDeps): CatalogueSource {
  let timer: unknown = null;
  let running: Promise<void> | null = null;
  let stopListening = () => {};
  const abort = new AbortController();
  const refresh = (): Promise<void> => {
    if (timer !== null) clock.clearTimeout(timer);
    timer = null;
    if (abort.signal.aborted) return Promise.resolve();
    running ??= keeper.refresh(abort.signal).finally(() => {
      running = null;
      if (!abort.signal.aborted) timer = clock.setTimeout(() => void refresh(), everyMs);
    });
    return running;
  };
  return {
    current: () => keeper.current(),
    refresh,
    start() {
      stopListening = delivery.onLine((line) => {
        if (line === 'online') void refresh();
      });
      if (delivery.line === 'online') void refresh();
    },
    async stop() {
      stopListening();
      abort.abort();
      if (timer !== null) clock.clearTimeout(timer);
      await running;
    },
  };
}

/** Where no key is set there is no catalogue: nothing could be believed. */
export const noCatalogue: CatalogueSource = {
  current: () => null,
  refresh: async () => {},
  start: () => {},
  stop: async () => {},
};
