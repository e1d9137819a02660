import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ReplyKey } from '../../../main/contract/submission.ts';
import { ChallengeReply } from '../../../main/core/platform-http/wire.ts';
import { ensureTestPki } from '../../sandbox/pki/index.ts';
import { readHolder } from '../../sandbox/platform/certificate.ts';
import type { BatchTimes } from '../../sandbox/platform/deliver.ts';
import { isSignedBy } from '../../sandbox/platform/judge.ts';
import { openSealed } from '../../sandbox/platform/open-sealed.ts';
import { prepareReply } from '../../sandbox/platform/reply.ts';
import { platformKey } from '../../sandbox/platform/sealing-key.ts';
import { startPlatform } from '../../sandbox/platform/start.ts';
import { createSubmitter, type Prepared } from './submissions.ts';

/** Where the time of one item goes, ms: each part alone in a loop, deciding and committing inside a real batch. */
export interface PartTimes {
  readonly open: number;
  readonly certificate: number;
  readonly signature: number;
  readonly reply: number;
  readonly decide: number;
  readonly commit: number;
}

async function perItem<T>(list: readonly T[], work: (one: T) => unknown): Promise<number> {
  const began = performance.now();
  for (const one of list) await work(one);
  return (performance.now() - began) / list.length;
}

/** @param count items of one batch, at most 100 */
export async function partTimes(count: number): Promise<PartTimes> {
  const data = mkdtempSync(join(resolve(process.env.BENCH_DIR ?? tmpdir()), 'platform-parts-'));
  const ca = new X509Certificate((await ensureTestPki()).caAuthDer);
  const seen: BatchTimes[] = [];
  const platform = await startPlatform({ data, port: null, onBatch: (times) => seen.push(times) });
  const key = await platformKey(data);
  const post = async (path: string, body: unknown): Promise<string> => {
    const headers = { 'x-kiosk-id': 'K-PARTS', 'content-type': 'application/json' };
    const { signal } = new AbortController();
    const { status, text } = await platform.exchange({ method: 'POST', path, headers, body: JSON.stringify(body), signal });
    if (status !== 200) throw new Error(`${path}: ${status}`);
    return text;
  };
  const submit = await createSubmitter(platform.publicJwk);
  const batch = async (): Promise<Prepared[]> => {
    const { challenges } = ChallengeReply.parse(JSON.parse(await post('/v1/challenges', { count })));
    const made: Prepared[] = [];
    for (const { challenge } of challenges) made.push(await submit('K-PARTS', challenge));
    return made;
  };
  const warm = await batch();
  await post('/v1/batches', { items: warm.map(({ item }) => item) });
  const list = await batch();
  const open = await perItem(list, ({ item }) => openSealed(item, key));
  const holders = list.map(({ payload }) => ({ payload, holder: readHolder(Buffer.from(payload.certificate, 'base64'), ca) }));
  const certificate = await perItem(list, ({ payload }) => readHolder(Buffer.from(payload.certificate, 'base64'), ca));
  const signature = await perItem(holders, ({ payload, holder }) => {
    if (holder === null || !isSignedBy(holder, payload)) throw new Error('an item of the bench is not good');
  });
  const session = ReplyKey.parse(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }));
  const reply = await perItem(list, async () =>
    (await prepareReply(session))?.({ kind: 'set-up', myKeyId: 'KMILH091', alreadySet: false }),
  );
  await post('/v1/batches', { items: list.map(({ item }) => item) });
  const times = seen.at(-1);
  await platform.close();
  rmSync(data, { recursive: true });
  if (times === undefined) throw new Error('no batch was taken');
  return { open, certificate, signature, reply, decide: times.decide / count, commit: times.commit / count };
}
