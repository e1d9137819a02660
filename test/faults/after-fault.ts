import type { Platform } from '../sandbox/platform/start.ts';
import type { CoreHarness } from '../support/core-harness.ts';
import { PROMISE } from '../support/promises.ts';

/** Lets the kiosk's time pass, timer by timer, until the check holds; between two timers every request gets its answer. */
export async function passUntil(harness: CoreHarness, check: () => boolean, mostMs = 30 * 60_000): Promise<void> {
  const end = harness.clock.monotonic() + mostMs;
  for (;;) {
    await harness.until(() => check() || harness.inFlight() === 0);
    // The core takes the answer in before the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    if (check()) return;
    const at = harness.clock.next();
    if (at === null || at > end) throw new Error('it does not come about');
    harness.clock.advance(at - harness.clock.monotonic());
  }
}

/**
 * Every submission on the platform was accepted, and under each id only once.
 * @returns their receipts, in the order in which they came
 * @throws what is not so
 */
export function onceEach(platform: Platform): string[] {
  const { perId, conflicts } = platform.summary();
  if (conflicts > 0) throw new Error(`${PROMISE}: the same id came with other bytes`);
  for (const [id, times] of Object.entries(perId)) {
    if (times['accepted'] !== 1) throw new Error(`${PROMISE}: ${id}: ${JSON.stringify(times)}`);
  }
  const rows = platform.submissions();
  for (const { outcome, code } of rows) if (outcome !== 'accepted') throw new Error(`refused: ${code}`);
  return rows.map(({ receipt }) => receipt);
}
