import type { Settings } from '../../contract/config.ts';
import type { LeftOut } from '../../contract/left-out.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Journey } from '../../contract/screens.ts';
import type { Clock } from '../../core/ports.ts';
import { offersOf, partsOf } from '../../core/visit/offers.ts';

/** How often a camera that was not there is looked for, ms. USB may come up after the core, and people plug things in. */
const LOOK_AGAIN_MS = 10_000;

export interface OffersDeps {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  readonly camera: () => boolean;
}

export interface OffersWatch {
  /** What can be offered, in the settings' order. */
  readonly journeys: readonly Journey[];
  readonly leftOut: readonly LeftOut[];
  /** @returns stop */
  start(came: (journeys: readonly Journey[]) => void): () => void;
}

/** What of the settings' journeys this terminal has the parts for; every one that is left out is written down with the part. */
export function watchOffers({ settings, clock, log, camera }: OffersDeps): OffersWatch {
  const look = () => offersOf(settings.journeys, partsOf(settings, camera()));
  let offers = look();
  return {
    get journeys() {
      return offers.journeys;
    },
    get leftOut() {
      return offers.leftOut;
    },
    start(came) {
      for (const { journey, lacks } of offers.leftOut) log('journey.left-out', { journey, lacks });
      let timer: unknown = null;
      const again = () => {
        // A camera that goes once it was there is the screen's and the help window's matter: nothing is taken from the menu again.
        if (!offers.leftOut.some(({ lacks }) => lacks === 'camera')) return;
        timer = clock.setTimeout(() => {
          const before = offers;
          offers = look();
          if (offers.journeys.length > before.journeys.length) {
            for (const { journey } of before.leftOut) if (offers.journeys.includes(journey)) log('journey.offered', { journey });
            came(offers.journeys);
          }
          again();
        }, LOOK_AGAIN_MS);
      };
      again();
      return () => {
        if (timer !== null) clock.clearTimeout(timer);
      };
    },
  };
}
