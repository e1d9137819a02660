import { type Counter, expect } from './counter.ts';

/** How many acts the platform has accepted. */
export async function acceptedCount({ sandbox }: Counter): Promise<number> {
  const summary = (await (await fetch(`${sandbox.platform.url}/sandbox/summary`)).json()) as { accepted: number };
  return summary.accepted;
}

/** Presses "print" and reads the paper that comes out, as text. */
export async function printSlip(counter: Counter): Promise<string> {
  const { slips } = counter.sandbox.printer;
  const before = slips.length;
  await counter.page.locator('[data-button="print"]').tap();
  await expect.poll(() => slips.length).toBe(before + 1);
  return JSON.stringify(slips.at(-1)?.slip.lines);
}
