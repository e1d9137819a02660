import { expect, it } from 'vitest';
import type { WaitingRow } from '../outbox/rows.ts';
import { Sender } from './sender.ts';

const row = (seq: number): WaitingRow => ({
  ...{
    seq,
    id: `row-${seq}`,
    kind: 'set-up',
    receipt: `receipt-${seq}`,
    sealed: 'sealed',
    attempts: 0,
    state: 'pending',
    alone: false,
  },
});

function harness() {
  const disk = { marks: true as boolean | null, takes: true };
  const done: string[] = [];
  const sender = new Sender({
    outbox: {
      markSending: (rows) => (disk.marks === null ? null : new Set(disk.marks ? rows.map(({ id }) => id) : [])),
      unmark: (ids) => void done.push(`unmark ${ids.join(' ')}`),
      setApart: (seq) => void done.push(`apart ${seq}`),
    },
    clock: { monotonic: () => 0 },
    log: () => {},
    terminal: 'TEST-01',
    verdicts: {
      take: (rows) => ({ done: disk.takes ? rows.map(({ id }) => id) : [], written: disk.takes, refused: !disk.takes }),
      park: (id, code) => done.push(`park ${id} ${code}`) > 0,
      on: () => () => {},
    },
    marker: { took: (ids) => void done.push(`took ${ids.length}`), put: (_ids, answered) => void done.push(`put ${answered}`) },
  });
  return { sender, disk, done };
}
const answers = async () => ({ ok: true as const, value: { body: { results: [] }, date: null } });

it('a row is in flight until its answer is there', async () => {
  const { sender, done } = harness();
  let seen: unknown;
  const sent = await sender.send([row(1)], () => {
    seen = [sender.inFlight.places, sender.inFlight.has('row-1'), sender.inFlight.isBusyWith('receipt-1')];
    return answers();
  });
  expect(seen).toEqual([[1], true, true]);
  expect(sent).toEqual({ kind: 'answered', settled: 1, written: true, slotMs: null });
  expect([sender.inFlight.size, done]).toEqual([0, ['took 1', 'put true']]);
});

it('nothing leaves that could not be marked; a row that is missed twice is set apart', async () => {
  const { sender, disk, done } = harness();
  const never = () => Promise.reject(new Error('sent'));
  disk.marks = null;
  expect(await sender.send([row(1)], never)).toEqual({ kind: 'unwritten' });
  disk.marks = false;
  expect(await sender.send([row(1)], never)).toEqual({ kind: 'nothing' });
  expect(done).not.toContain('apart 1');
  expect(await sender.send([row(1)], never)).toEqual({ kind: 'nothing' });
  expect(done).toContain('apart 1');
});

it('an answer that the disk did not take is written first, before anything else is sent', async () => {
  const { sender, disk } = harness();
  disk.takes = false;
  expect(await sender.send([row(1)], answers)).toMatchObject({ kind: 'answered', settled: 0, written: false });
  const never = () => Promise.reject(new Error('sent'));
  expect(await sender.send([row(2)], never)).toEqual({ kind: 'unwritten' });
  disk.takes = true;
  expect(await sender.send([row(2)], never)).toEqual({ kind: 'nothing' });
  expect(await sender.send([row(2)], answers)).toMatchObject({ kind: 'answered', settled: 1 });
});

it('where no connection could be made a person may take it back; a lone row that is rejected is parked', async () => {
  const { sender, done } = harness();
  const error = { kind: 'line', cause: 'unreachable', status: null, retryAfterMs: null } as const;
  expect(await sender.send([row(1)], async () => ({ ok: false, error }))).toMatchObject({ kind: 'failed' });
  expect(done).toContain('unmark row-1');
  const rejects = async () => ({ ok: false as const, error: { kind: 'rejected' as const, status: 413 } });
  expect(await sender.send([row(1)], rejects)).toEqual({ kind: 'parked', written: true });
  expect(done).toContain('park row-1 http-413');
  expect(await sender.send([row(1), row(2)], rejects)).toMatchObject({ kind: 'failed' });
});
