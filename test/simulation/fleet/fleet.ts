import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Settings } from '../../../main/contract/config.ts';
import { createDice } from '../world/dice.ts';
import { createScheduler } from '../world/scheduler.ts';
import { type Asked, createFleetKiosk } from './fleet-kiosk.ts';
import { createModelServer, idealMs } from './model-server.ts';

/** One come-back of everybody. */
export interface FleetStart {
  /** `power`: all boot within 5 s. `outage`: the line comes back for all within 5 s, after an hour without. */
  readonly start: 'power' | 'outage';
  /** Workers of the platform: 4 drain 10,000 x 200 rows in 155 s. */
  readonly workers: number;
  /** Without: the platform never says when to come, it only gets slow. */
  readonly admission: boolean;
  /** A gateway before it gives up after so long; default: none. */
  readonly gatewayMs?: number;
}

export interface FleetOptions extends FleetStart {
  readonly seed: number;
  readonly kiosks: number;
  readonly rows: number;
}

export interface FleetFigures {
  readonly drained: boolean;
  /** ms from the first kiosk's start (or line) until the last row was settled. */
  readonly ms: number;
  /** To the ideal: all workers busy from the first moment, as though every kiosk were there, with full batches and nothing else. */
  readonly ratio: number;
  /** What left a kiosk until it had delivered everything, on average. */
  readonly requests: Readonly<Record<Asked, number>>;
  readonly sum: number;
  /** What left it between that and the end of the last one: challenges, signs of life. */
  readonly after: number;
  /** Share of the platform's work that it did for a request whose asker had given up. */
  readonly wasted: number;
  /** To the platform's work, what it spent on telling kiosks to come later. */
  readonly refusing: number;
  readonly peakPerSecond: number;
}

/** The country's; of a smaller one each kiosk stands for several. */
export const WHOLE_FLEET = 10_000;
const WITHIN_MS = 5000;
const OUTAGE_MS = 3_600_000;
const LONGEST_MS = 3_600_000;

/** As kiosks are delivered. */
const sync = (): Settings['sync'] => {
  const file = join(import.meta.dirname, '../../../kiosk-config/defaults.json');
  return Settings.shape.sync.parse((JSON.parse(readFileSync(file, 'utf8')) as { sync: unknown }).sync);
};

/** All kiosks come back at once; each with its own real delivery. */
export async function runFleet(options: FleetOptions): Promise<FleetFigures> {
  const { seed, kiosks, rows, workers, admission, start, gatewayMs = null } = options;
  const scheduler = createScheduler();
  const dice = createDice(seed, 'fleet');
  const slower = WHOLE_FLEET / kiosks;
  const server = createModelServer(scheduler, { workers, admitted: admission, slower, gatewayMs });
  let open = kiosks;
  // The line goes for all at once, and each notices it with its next sign of life: nothing but the back-off spreads their tries then.
  const settings = start === 'outage' ? { ...sync(), startSpreadSeconds: 0 } : sync();
  const fleet = Array.from({ length: kiosks }, (_, n) =>
    createFleetKiosk({
      ...{ scheduler, server, seed, rows, sync: settings, name: `K-${n}` },
      onDone: () => {
        open -= 1;
      },
    }),
  );
  const began = start === 'outage' ? OUTAGE_MS : 0;
  for (const kiosk of fleet) {
    if (start === 'outage') {
      kiosk.line = 'down';
      scheduler.after(dice.fraction() * settings.pollSeconds * 1000, () => kiosk.delivery.start());
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
  const mean = (of: (kiosk: (typeof fleet)[number]) => number) => fleet.reduce((all, kiosk) => all + of(kiosk), 0) / kiosks;
  const requests = {
    batches: mean((kiosk) => kiosk.requests.batches),
    refused: mean((kiosk) => kiosk.requests.refused),
    status: mean((kiosk) => kiosk.requests.status),
    challenges: mean((kiosk) => kiosk.requests.challenges),
  };
  const figures = {
    drained: open === 0,
    ms,
    ratio: ms / idealMs(kiosks, rows, 100, workers, slower),
    requests,
    sum: requests.batches + requests.refused + requests.status + requests.challenges,
    after: mean((kiosk) => kiosk.after),
    wasted: server.work === 0 ? 0 : server.wasted / server.work,
    refusing: server.work === 0 ? 0 : server.refusing / server.work,
    peakPerSecond: peak,
  };
  // What is on its way is answered by nobody any more.
  for (const { delivery } of fleet) void delivery.stop();
  return figures;
}
