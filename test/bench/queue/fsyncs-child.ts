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
const act = actsOn(store, sealedOf(Number(bytesText)), acts * 3);
const costs: Record<string, Cost> = {};
costs['reserve'] = cost(acts, () => repeated(acts, act.reserve));
costs['challenge'] = cost(acts, () => repeated(acts, act.challenge));
costs['commit'] = cost(acts, () => repeated(acts, act.commit));
costs['mark, one row'] = cost(acts / 2, () => repeated(acts / 2, () => act.mark(act.next(1))));
const alone = act.next(BATCH);
act.mark(alone);
costs['settle, one row'] = cost(BATCH, () => {
  for (const row of alone) act.settle([row]);
});
repeated(acts * 2, act.commit);
const batches = Array.from({ length: Math.floor(acts / BATCH) }, () => act.next(BATCH));
const rows = batches.length * BATCH;
costs['mark, a row of 100'] = cost(rows, () => {
  for (const some of batches) act.mark(some);
});
costs['settle, a row of 100'] = cost(rows, () => {
  for (const some of batches) act.settle(some);
});
store.close();
process.stdout.write(JSON.stringify(costs));
