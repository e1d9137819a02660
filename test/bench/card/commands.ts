import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCard } from '../../../main/core/card/jpki/read-card.ts';
import { verifyAndSign } from '../../../main/core/card/jpki/verify-and-sign.ts';
import { ensureTestPki, personOf, type TestPki } from '../../sandbox/pki/index.ts';
import { createVirtualCard } from '../../sandbox/virtual-card/card.ts';
import { insertCard } from '../../sandbox/virtual-card/insert.ts';
import { newFolder } from '../folders.ts';
import { atMost, type BenchOptions, type BenchRow, judgedRow } from '../row.ts';
import { coreReader, openNext } from './core-reader.ts';

interface Traffic {
  readonly commands: number;
  /** Commands and answers with their status words. */
  readonly bytes: number;
}
const LOOK_AGAIN_MS = 1500;

/** What a fresh card sees while `work` is done. */
async function trafficOf(pki: TestPki, work: () => Promise<void>): Promise<Traffic> {
  let commands = 0;
  let bytes = 0;
  const card = await insertCard(createVirtualCard('fresh', pki), {
    log(entry) {
      if (entry.event !== 'apdu') return;
      commands += 1;
      bytes += entry.command.length / 2 + entry.bytes + 2;
    },
  });
  await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
  await work();
  await card.remove();
  await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
  return { commands, bytes };
}

/** The kiosk's own way, as a visit goes. */
const ours = (pki: TestPki, extended: 'auto' | 'never', withSignature: boolean) =>
  trafficOf(pki, async () => {
    const reader = coreReader();
    const channel = await openNext(reader);
    const read = await readCard(channel, { extended, now: Date.now() });
    if (!read.ok) throw new Error(`reading: ${read.error.code}`);
    if (withSignature) {
      const pin = Uint8Array.from(Buffer.from(personOf(pki, 'fresh').pin));
      const signed = await verifyAndSign(channel, pin, createHash('sha256').update('bench').digest());
      if (!signed.ok) throw new Error(`signing: ${signed.error.code}`);
    }
    await channel.close('unpower');
    await reader.stop();
  });

/** OpenSC's. `jpki`: told which card it is; else it tries its drivers one after the other. */
const theirs = (pki: TestPki, programs: readonly (readonly string[])[], driver: 'jpki' | null) =>
  trafficOf(pki, async () => {
    const env = { ...process.env, LC_ALL: 'C', ...(driver === null ? {} : { OPENSC_DRIVER: driver }) };
    for (const [program = '', ...args] of programs) {
      await new Promise<void>((done, failed) => {
        execFile(program, args, { env, timeout: 60_000 }, (error) => (error === null ? done() : failed(error)));
      });
    }
  });

/** Commands and bytes to the certificate, and to a signature, against OpenSC on the same card. */
export async function commandsAndBytes(_: BenchOptions): Promise<BenchRow[]> {
  const pki = await ensureTestPki();
  const digest = join(newFolder('memory'), 'digest');
  writeFileSync(digest, createHash('sha256').update('bench').digest());
  const { pin } = personOf(pki, 'fresh');
  const sign = [
    'pkcs15-crypt',
    '--sign',
    '--key',
    '1',
    '--pin',
    pin,
    '--sha-256',
    '--pkcs1',
    '--input',
    digest,
    '--output',
    `${digest}.signed`,
  ];
  const certificate = ['pkcs15-tool', '--read-certificate', '1'];
  const rows: BenchRow[] = [];
  const goals = [
    { what: 'the certificate', programs: [certificate], signature: false },
    { what: 'certificate and signature', programs: [certificate, sign], signature: true },
  ] as const;
  for (const { what, programs, signature } of goals) {
    const floors = {
      'OpenSC told the card': await theirs(pki, programs, 'jpki'),
      'OpenSC as it comes': await theirs(pki, programs, null),
    };
    for (const [length, extended] of [
      ['extended', 'auto'],
      ['short', 'never'],
    ] as const) {
      const mine = await ours(pki, extended, signature);
      for (const [name, floor] of Object.entries(floors)) {
        for (const unit of ['commands', 'bytes'] as const) {
          const figure = {
            bench: 'card',
            what: `${unit} to ${what}, ${length} length, against ${name}`,
            value: mine[unit],
            unit,
            floor: floor[unit],
            ratio: mine[unit] / floor[unit],
          };
          rows.push(await judgedRow(figure, atMost(1, 'x'), () => [{ part: 'to the card and back', value: mine[unit], unit }]));
        }
      }
    }
  }
  return rows;
}
