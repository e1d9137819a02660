import { inflateSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Slip } from '../../../../main/contract/slip.ts';
import { slipPdf } from '../../../../main/core/print/cups/pdf.ts';
import { createCupsPrinter } from '../../../../main/core/print/cups/printer.ts';
import { type Ran, type Run, runPrograms } from '../../../../main/core/print/cups/spooler.ts';
import { slipFor } from '../../../../main/core/print/slips.ts';
import { systemClock } from '../../../../main/hosts/core/system.ts';
import { testFolder } from '../../../support/test-folder.ts';
import { type CupsStandIn, makeCups } from './stand-in.ts';

const QUEUE = 'Counter_1';
const TIMES = { runMs: 20_000, printMs: 60_000, lookMs: 10 };
let cups: CupsStandIn;
beforeEach(() => {
  cups = makeCups(testFolder('world', 'cups'), QUEUE);
});

function printer(queue = QUEUE, printMs = TIMES.printMs) {
  const before = process.env.PATH ?? '';
  const real = runPrograms(TIMES.runMs);
  // Each program is found on PATH as the kiosk finds it: the stand-in's come first.
  const run: Run = async (program, args, input): Promise<Ran> => {
    process.env.PATH = `${cups.bin}:${before}`;
    const ran = real(program, args, input);
    process.env.PATH = before;
    return ran;
  };
  return createCupsPrinter({ queue, clock: systemClock, times: { ...TIMES, printMs }, run });
}
const slip = (id: string, large = false) =>
  slipFor(
    { kind: 'received', act: 'set-up', receipt: '1234567897' },
    { id, language: 'ja', terminal: 'TOWN-01', now: Date.UTC(2026, 10, 23, 15, 30), large },
  );

/** Characters that a reader of the PDF can copy out: from the tables that go with its fonts. */
function charactersOf(pdf: Buffer): Set<string> {
  const found = new Set<string>();
  for (let at = pdf.indexOf('stream\n'); at !== -1; at = pdf.indexOf('stream\n', at + 1)) {
    if (pdf.subarray(at - 3, at).toString() === 'end') continue;
    let text = '';
    try {
      text = inflateSync(pdf.subarray(at + 7, pdf.indexOf('endstream', at))).toString('latin1');
    } catch {
      continue;
    }
    if (!text.includes('beginbfrange')) continue;
    for (const [, code = ''] of text.slice(text.indexOf('beginbfrange')).matchAll(/<([0-9a-f]{4}(?:[0-9a-f]{4})?)>/g))
      found.add(Buffer.from(code, 'hex').swap16().toString('utf16le'));
  }
  return found;
}

describe('CUPS', () => {
  it('prints on A4, the document through standard input, by one fixed call', async () => {
    const one = printer();
    expect(await one.check()).toEqual({ ok: true, value: null });
    expect(await one.print(slip('a'))).toEqual({ ok: true, value: null });
    expect(await one.print(slip('a'))).toEqual({ ok: true, value: null });
    const [job, ...others] = cups.spool.jobs;
    expect(others).toEqual([]);
    expect(job).toMatchObject({ id: 'Counter_1-1', state: 'completed', options: ['media=A4'], title: 'slip' });
    const pdf = Buffer.from(job?.document ?? '', 'base64');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1')).toContain('/MediaBox [0 0 595.28 841.89]');
    // Every font is inside, and every character can be read back.
    expect(pdf.toString('latin1').match(/\/FontFile2/g)?.length).toBe(pdf.toString('latin1').match(/\/FontDescriptor /g)?.length);
    const characters = charactersOf(pdf);
    for (const character of '受付票端末1234567897TOWN') expect(characters).toContain(character);
  });

  it('keeps a slip in large type on one page, and a long list on as many as it needs', async () => {
    const pages = async (of: Slip) => (await slipPdf(of)).toString('latin1').match(/\/Type \/Page\b/g)?.length;
    expect(await pages(slip('l', true))).toBe(1);
    const long = Array.from({ length: 60 }, () => ({ type: 'text' as const, text: '受付票' }));
    expect(await pages({ ...slip('m', true), lines: long })).toBe(5);
  });

  it.each([
    ['media-empty-error', 'paper-out'],
    ['cover-open', 'cover-open'],
    ['media-empty-error door-open-error', 'cover-open'],
    ['offline-report', null],
    ['toner-low-warning media-low-warning', null],
    ['toner-empty-error', 'refused'],
    ['offline', 'offline'],
  ] as const)('the printer says %s: %s', async (alerts, failure) => {
    cups.set({ alerts: alerts.split(' ') });
    expect(await printer().check()).toEqual(failure === null ? { ok: true, value: null } : { ok: false, error: failure });
  });

  it('tells a queue that is stopped, full, or not there, and a scheduler that does not run', async () => {
    expect(await printer('Nowhere').check()).toEqual({ ok: false, error: 'no-printer' });
    cups.set({ accepting: false });
    expect(await printer().check()).toEqual({ ok: false, error: 'refused' });
    cups.set({ accepting: true, enabled: false });
    expect(await printer().print(slip('b'))).toEqual({ ok: false, error: 'offline' });
    cups.set({ enabled: true, running: false });
    expect(await printer().check()).toEqual({ ok: false, error: 'offline' });
    expect(cups.spool.jobs).toEqual([]);
  });

  it('a machine without CUPS: offline', async () => {
    const run = runPrograms(1000);
    const nowhere = createCupsPrinter({
      queue: QUEUE,
      clock: systemClock,
      times: TIMES,
      run: (program, args, input) => run(`/nowhere/${program}`, args, input),
    });
    expect(await nowhere.check()).toEqual({ ok: false, error: 'offline' });
  });

  it('a job that does not come out is taken back, and is not sent again', async () => {
    cups.set({ looks: null });
    const one = printer(QUEUE, 100);
    expect(await one.print(slip('c'))).toEqual({ ok: false, error: 'offline' });
    expect(cups.spool.jobs.map(({ state }) => state)).toEqual(['canceled']);
    cups.set({ looks: 0 });
    expect(await one.print(slip('c'))).toEqual({ ok: false, error: 'offline' });
    expect(cups.spool.jobs).toHaveLength(1);
  });

  it('paper runs out while it waits: told at once, and taken back', async () => {
    cups.set({ looks: null });
    const one = printer();
    const printing = one.print(slip('d'));
    while (cups.spool.jobs.length === 0) await new Promise((later) => setTimeout(later, 20));
    cups.set({ alerts: ['media-empty-error'] });
    expect(await printing).toEqual({ ok: false, error: 'paper-out' });
    expect(cups.spool.jobs.map(({ state }) => state)).toEqual(['canceled']);
    expect(one.trouble).toBe('paper-out');
  });

  it('a job that the system gave up: refused', async () => {
    cups.set({ aborts: true, looks: 0 });
    expect(await printer().print(slip('e'))).toEqual({ ok: false, error: 'refused' });
  });
});
