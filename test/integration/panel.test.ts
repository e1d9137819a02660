import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Panel, startPanel } from '../sandbox/panel/panel.ts';
import { createCounter } from '../sandbox/platform/counter.ts';
import { type Platform, startPlatform } from '../sandbox/platform/start.ts';
import type { Sandbox } from '../sandbox/start/sandbox.ts';
import { AKARI } from '../support/applicants.ts';
import { testFolder } from '../support/test-folder.ts';

let platform: Platform;
let panel: Panel;
const State = z.object({
  forms: z.array(z.object({ form: z.string(), qr: z.string() })),
  applications: z.array(z.object({ receipt: z.string(), terminal: z.string(), application: z.object({ state: z.string() }) })),
});
const state = async () => State.parse(await (await fetch(`${panel.url}/state`)).json());
const carryOut = (command: unknown) =>
  fetch(`${panel.url}/do`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: panel.url },
    body: JSON.stringify(command),
  });

beforeAll(async () => {
  platform = await startPlatform({ data: testFolder('world', 'panel') });
  // Only what the forms need: the other parts of a sandbox are processes.
  const parts = { cards: { pinOf: () => '', onReader: null }, line: { up: true }, printer: { slips: [] }, platform };
  const providers = new Proxy({}, { get: () => ({ waiting: 0, away: false }) });
  panel = await startPanel({ ...parts, providers } as unknown as Sandbox);
});
afterAll(async () => {
  await panel.close();
  await platform.close();
});

test('shows unused forms with their QR, prints one more, and moves an application on', async () => {
  const before = await state();
  expect(before.forms[0]).toMatchObject({ form: AKARI.form, qr: expect.stringContaining('<svg') });
  const counter = await createCounter(platform);
  const { item, content } = await counter.apply({ form: AKARI.form, photo: Buffer.from(AKARI.photo()).toString('base64') });
  expect(await counter.send(item)).toMatchObject({ outcome: 'accepted' });
  expect((await carryOut({ do: 'print-form' })).status).toBe(200);
  const after = await state();
  expect(after.forms.map(({ form }) => form)).not.toContain(AKARI.form);
  const { receipt, terminal } = content;
  expect(after.applications).toEqual([{ receipt, terminal, application: { state: 'received' } }]);
  const view = { receipt, terminal, application: { state: 'returned', reasons: ['photo-background'] } };
  expect((await carryOut({ do: 'move', view })).status).toBe(200);
  expect(platform.applications()).toEqual([view]);
  expect((await carryOut({ do: 'move', view: { ...view, application: { state: 'lost' } } })).status).toBe(400);
});
