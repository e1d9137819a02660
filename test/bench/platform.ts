import { X509Certificate } from 'node:crypto';
import { ensureTestPki } from '../sandbox/pki/index.ts';
import { bareCrypto, bareInserts, bareKey } from './platform/floors.ts';
import { type PartTimes, partTimes } from './platform/parts.ts';
import { type BenchServer, bodyOf, startServer } from './platform/server.ts';
import { createSubmitter, type Prepared } from './platform/submissions.ts';
import { type BenchRow, NO_GOAL } from './row.ts';

export interface PlatformBenchOptions {
  /** Default 5. */
  readonly rounds?: number;
  say?(line: string): void;
}

const BENCH = 'platform';
const GOAL_A_SECOND = 300;
/** Of one round: kiosks, each with one batch. */
const KIOSKS = 4;
const BATCH = 100;
const PARTS: readonly (keyof PartTimes)[] = ['open', 'certificate', 'signature', 'reply', 'decide', 'commit'];

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

interface Load {
  readonly kiosk: string;
  readonly prepared: Prepared[];
}

async function prepare(server: BenchServer, submit: Awaited<ReturnType<typeof createSubmitter>>): Promise<Load[]> {
  const loads: Load[] = [];
  for (let n = 0; n < KIOSKS; n++) {
    const kiosk = `K-BENCH-${n}`;
    const prepared: Prepared[] = [];
    for (const challenge of await server.challenges(kiosk, BATCH)) prepared.push(await submit(kiosk, challenge));
    loads.push({ kiosk, prepared });
  }
  return loads;
}

/** Accepted a second: every kiosk sends its batch, two on the way at a time. */
async function acceptedASecond(server: BenchServer, loads: readonly Load[]): Promise<number> {
  const bodies = loads.map(({ kiosk, prepared }) => ({ kiosk, body: bodyOf(prepared.map(({ item }) => item)) }));
  const began = performance.now();
  let accepted = 0;
  const kiosk = async () => {
    for (let next = bodies.pop(); next !== undefined; next = bodies.pop()) accepted += await server.send(next.kiosk, next.body);
  };
  await Promise.all([kiosk(), kiosk()]);
  return (accepted * 1000) / (performance.now() - began);
}

/**
 * Submissions that the reference platform accepts in a second: real ones, of people with certificates of their own, in batches over HTTP to a
 * process of its own. Beside it, in the same rounds, two floors: the cryptography of such items in a bare loop, and bare rows.
 */
export async function bench({ rounds = 5, say = () => {} }: PlatformBenchOptions = {}): Promise<BenchRow[]> {
  const ca = new X509Certificate((await ensureTestPki()).caAuthDer);
  const server = await startServer();
  const bare = bareKey();
  const [submit, submitBare] = [await createSubmitter(server.sealingKey), await createSubmitter(bare.jwk)];
  const floorItems: Prepared[] = [];
  for (let n = 0; n < BATCH; n++) floorItems.push(await submitBare('K-BENCH', 'A'.repeat(32)));
  const measured: Round[] = [];
  try {
    // The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      const loads = await prepare(server, submit);
      const crypto = bareCrypto(floorItems, bare.privateKey, ca);
      const disk = bareInserts(loads.flatMap(({ prepared }) => prepared));
      const used = server.processorMs();
      const rate = await acceptedASecond(server, loads);
      const usedThen = server.processorMs();
      const processor = used === null || usedThen === null ? null : (usedThen - used) / (KIOSKS * BATCH);
      say(`platform: round ${round}: ${rate.toFixed(0)} accepted a second`);
      if (round > 0)
        measured.push({ rate, processor, disk, floorRate: 1000 / (crypto.wall + disk), floorProcessor: crypto.processor });
    }
  } finally {
    await server.close();
  }
  const parts = await partRows(measured.map(({ disk }) => disk));
  return [rateRow(measured, parts), ...processorRows(measured), ...parts].map((row) => ({ bench: BENCH, ...row }));
}

interface Round {
  readonly rate: number;
  /** ms an item. */
  readonly processor: number | null;
  readonly disk: number;
  readonly floorRate: number;
  readonly floorProcessor: number;
}

type Figure = Omit<BenchRow, 'bench'>;

const ratioOf = (ratios: readonly number[]) => ({
  ratio: median(ratios),
  spread: [Math.min(...ratios), Math.max(...ratios)] as [number, number],
});

function rateRow(rounds: readonly Round[], parts: readonly Figure[]): Figure {
  const rates = rounds.map(({ rate }) => rate);
  const value = median(rates);
  return {
    what: 'accepted a second over HTTP; floor: bare decryption, two RSA checks and a row, on one thread',
    value,
    unit: '/s',
    floor: median(rounds.map(({ floorRate }) => floorRate)),
    ratio: median(rounds.map(({ rate, floorRate }) => rate / floorRate)),
    spread: [Math.min(...rates), Math.max(...rates)],
    goal: `at least ${GOAL_A_SECOND} /s`,
    ok: value >= GOAL_A_SECOND,
    profile: parts.map((part) => ({ part: part.what, value: part.value, unit: part.unit })),
  };
}

/** What does not depend on who else uses the machine. */
function processorRows(rounds: readonly Round[]): Figure[] {
  const used = rounds.flatMap(({ processor, floorProcessor }) => (processor === null ? [] : [{ processor, floorProcessor }]));
  if (used.length === 0) return [];
  return [
    {
      what: 'processor time of the platform for an item; floor: the bare cryptography',
      value: median(used.map(({ processor }) => processor)),
      unit: 'ms',
      floor: median(used.map(({ floorProcessor }) => floorProcessor)),
      ...ratioOf(used.map(({ processor, floorProcessor }) => processor / floorProcessor)),
      goal: NO_GOAL,
      ok: true,
    },
  ];
}

/** Where the time of an item goes. */
async function partRows(disks: readonly number[]): Promise<Figure[]> {
  const rounds: PartTimes[] = [];
  for (let round = 0; round < disks.length; round++) rounds.push(await partTimes(BATCH));
  return PARTS.map((part) => {
    const value = median(rounds.map((times) => times[part]));
    const floor = part === 'commit' ? median(disks) : null;
    return {
      what: `an item: ${part}${floor === null ? '' : '; floor: a bare row'}`,
      value,
      unit: 'ms',
      floor,
      ratio: floor === null ? null : value / floor,
      goal: NO_GOAL,
      ok: true,
    };
  });
}
