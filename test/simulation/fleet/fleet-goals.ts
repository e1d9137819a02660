import { type FleetFigures, type FleetOptions, type FleetStart, runFleet } from './fleet.ts';

/**
 * The goals for a come-back of the whole country, and nothing softer: the ideal counts the platform's capacity alone, not the
 * random start of up to 180 s; a request is whatever leaves a kiosk until its own queue is empty, what was refused included; nothing is
 * wasted when the platform worked for nobody, not once. What a kiosk asks after that (challenges, a sign of life each minute) is
 * work like any other for the platform, and delays the rest; it is counted apart, since a kiosk asks it on every day.
 */
export const GOAL = { ratio: 1.3, requests: 3, wasted: 0 };

const starts = ['power', 'outage'] as const;
const capacities = [4, 1] as const;
/** With the whole capacity and a quarter of it, with and without admission control. */
export const fleetStarts: readonly FleetStart[] = starts.flatMap((start) =>
  capacities.flatMap((workers) => [true, false].map((admission) => ({ start, workers, admission }))),
);

/**
 * Not judged, and worth knowing: no admission control, a quarter of the capacity, and something before the platform that gives up after a
 * minute. Whoever is cut off so has to come again, and all that a kiosk can do is to come more rarely.
 */
export const hopeless: FleetStart = { start: 'power', workers: 1, admission: false, gatewayMs: 60_000 };

export interface FleetVerdict {
  readonly ok: boolean;
  readonly line: string;
}

/** One row of the table. */
export async function judgeFleet(options: FleetOptions): Promise<FleetVerdict> {
  const figures = await runFleet(options);
  const { drained, ratio, sum, wasted } = figures;
  const ok = drained && ratio <= GOAL.ratio && sum <= GOAL.requests && wasted <= GOAL.wasted;
  return { ok, line: lineOf(options, figures) };
}

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

function lineOf({ start, admission, workers, gatewayMs }: FleetStart, figures: FleetFigures): string {
  const { drained, ms, ratio, requests, sum, after, wasted, refusing, peakPerSecond } = figures;
  const names = [
    start === 'power' ? 'power cut' : 'outage',
    workers === 4 ? 'whole capacity' : `${workers} of 4 workers`,
    admission ? 'admission control' : 'no admission control',
    ...(gatewayMs === undefined ? [] : [`gateway ${gatewayMs / 1000} s`]),
  ];
  const by = Object.entries(requests).map(([what, count]) => `${count.toFixed(2)} ${what}`);
  return [
    names.join(', ').padEnd(62),
    drained ? `${(ms / 1000).toFixed(0)} s, ${ratio.toFixed(2)} x ideal (${GOAL.ratio})` : 'NOT DRAINED',
    `${sum.toFixed(2)} requests a kiosk (${GOAL.requests}): ${by.join(', ')}; then ${after.toFixed(2)}`,
    `${percent(wasted)} wasted (${GOAL.wasted})`,
    `${percent(refusing)} for refusals`,
    `at most ${peakPerSecond} requests a second`,
  ].join(' | ');
}
