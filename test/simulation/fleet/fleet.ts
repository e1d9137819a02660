import { createDice } from '../world/dice.ts';
import { createScheduler } from '../world/scheduler.ts';
import { createFleetKiosk } from './fleet-kiosk.ts';
import { createModelServer, idealMs } from './model-server.ts';

export interface FleetOptions {
  readonly seed: number;
  readonly kiosks: number;
  readonly rows: number;
  /** Workers of the platform: 4 drain 10,000 x 200 rows in 155 s. */
  readonly workers: number;
  readonly admission: boolean;
  /** `power`: all boot within 5 s. `outage`: the line comes back for all within 5 s, after an hour without. */
  readonly start: 'power' | 'outage';
}

export interface FleetFigures {
  readonly drained: boolean;
  /** ms from the first kiosk's start (or line) until the last row was settled. */
  readonly ms: number;
  readonly ratio: number;
  /** A kiosk, from the start until all were done. */
  readonly batches: number;
  readonly others: number;
  /** Share of the platform's work that was for nobody. */
  readonly wasted: number;
  readonly peakPerSecond: number;
}

/** The country's; of a smaller one each kiosk stands for several. */
export const WHOLE_FLEET = 10_000;
const WITHIN_MS = 5000;
const OUTAGE_MS = 3_600_000;
const LONGEST_MS = 3_600_000;

/** All kiosks come back at once; each with its own real delivery. */
export async function runFleet({ seed, kiosks, rows, workers, admission, start }: FleetOptions): Promise<FleetFigures> {
  const scheduler = createScheduler();
  const dice = createDice(seed, 'fleet');
  const slower = WHOLE_FLEET / kiosks;
  const server = createModelServer(scheduler, workers, admission, slower);
  let open = kiosks;
  const fleet = Array.from({ length: kiosks }, (_, n) =>
    createFleetKiosk({
      ...{ scheduler, server, seed, rows, name: `K-${n}` },
      onDone: () => {
        open -= 1;
      },
    }),
  );
  const began = start === 'outage' ? OUTAGE_MS : 0;
  for (const kiosk of fleet) {
    if (start === 'outage') {
      kiosk.line = 'down';
      scheduler.after(dice.fraction() * 60_000, () => kiosk.delivery.start());
      scheduler.after(OUTAGE_MS + dice.fraction() * WITHIN_MS, () => {
        kiosk.line = 'up';
      });
    } else scheduler.after(dice.fraction() * WITHIN_MS, () => kiosk.delivery.start());
  }
  let peak = 0;
  let before = 0;
  let second = Math.floor(began / 1000);
  while (open > 0 && scheduler.step(began + LONGEST_MS)) {
    if (Math.floor(scheduler.now() / 1000) > second) {
      second = Math.floor(scheduler.now() / 1000);
      peak = Math.max(peak, server.requests - before);
      before = server.requests;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const ms = scheduler.now() - began;
  const sum = (of: (kiosk: (typeof fleet)[number]) => number) => fleet.reduce((all, kiosk) => all + of(kiosk), 0);
  const figures = {
    drained: open === 0,
    ms,
    ratio: ms / idealMs(kiosks, rows, 100, workers, slower),
    batches: sum(({ requests }) => requests.batches) / kiosks,
    others: sum(({ requests }) => requests.others) / kiosks,
    wasted: server.work === 0 ? 0 : server.wasted / server.work,
    peakPerSecond: peak,
  };
  // What is on its way is answered by nobody any more.
  for (const { delivery } of fleet) void delivery.stop();
  return figures;
}

/** The starts of issue 9: with and without admission control, also with a quarter of the capacity. */
export const fleetStarts: readonly Pick<FleetOptions, 'start' | 'admission' | 'workers'>[] = [
  { start: 'power', admission: true, workers: 4 },
  { start: 'power', admission: false, workers: 4 },
  { start: 'power', admission: true, workers: 1 },
  { start: 'power', admission: false, workers: 1 },
  { start: 'outage', admission: true, workers: 4 },
  { start: 'outage', admission: false, workers: 4 },
  { start: 'outage', admission: true, workers: 1 },
  { start: 'outage', admission: false, workers: 1 },
];

export const fleetLine = ({ start, admission, workers }: (typeof fleetStarts)[number], figures: FleetFigures): string =>
  [
    `${start}, ${admission ? 'admission control' : 'no admission control'}, ${workers === 4 ? 'whole capacity' : 'a quarter of it'}:`.padEnd(
      58,
    ),
    figures.drained ? `${(figures.ms / 1000).toFixed(0)} s` : 'not drained',
    `${figures.ratio.toFixed(2)} x ideal`,
    `${figures.batches.toFixed(2)} batches and ${figures.others.toFixed(2)} other requests a kiosk`,
    `${(figures.wasted * 100).toFixed(1)} % wasted`,
    `at most ${figures.peakPerSecond} requests a second`,
  ].join(', ');
