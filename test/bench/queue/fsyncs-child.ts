import { type Cost, cost } from '../fsyncs/count.ts';
import { actsOn, BATCH, repeated } from './acts.ts';
import { openQueue, sealedOf } from './store.ts';

/**
 * Counts what each act of the queue costs, with the counter preloaded (../fsyncs/count.ts). Arguments: folder, acts, bytes of a sealed
 * payload. Prints the costs of one act, or of one row of a batch.
 */
const [folder = '', actsText, bytesText] = process.argv.slice(2);
const acts = Number(actsText);
const store = openQueue(folder);
const act = actsOn(store, sealedOf(Number(bytesText)), acts);
const costs: Record<string, Cost> = {};

/** Adds what a piece of work costs. @param share of it that one act, or one row, is charged with */
function charge(name: string, share: number, work: () => void): void {
  const { ms, fsyncs, fsyncMs } = cost(1, work);
  const before = costs[name] ?? { ms: 0, fsyncs: 0, fsyncMs: 0 };
  costs[name] = {
    ms: before.ms + ms * share,
    fsyncs: before.fsyncs + fsyncs * share,
    fsyncMs: before.fsyncMs + fsyncMs * share,
  };
}

// In the order of a visit: what a step leaves for the next one, a full journal file say, is charged where it really falls.
for (let n = 0; n < acts; n++) {
  charge('reserve', 1 / acts, act.reserve);
  charge('challenge', 1 / acts, act.challenge);
  charge('commit', 1 / acts, act.commit);
  const row = act.next(1);
  charge('mark, one row', 1 / acts, () => act.mark(row));
  charge('settle, one row', 1 / acts, () => act.settle(row));
  // What the kiosk does between two people: a new file of the journal, a checkpoint.
  charge('beside the service', 1 / acts, () => store.finishChores());
}
const batches = Math.ceil(acts / BATCH);
repeated(batches * BATCH, act.commit);
for (let n = 0; n < batches; n++) {
  const rows = act.next(BATCH);
  charge('mark, a row of 100', 1 / batches / BATCH, () => act.mark(rows));
  charge('settle, a row of 100', 1 / batches / BATCH, () => act.settle(rows));
}
store.close();
process.stdout.write(JSON.stringify(costs));
