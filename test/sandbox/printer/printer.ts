import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Fastify from 'fastify';
import type { PrintFailure, SlipLine } from '../../../main/contract/slip.ts';
import { Slip } from '../../../main/contract/slip.ts';
import { slipPicture } from './picture.ts';

/** A printed slip, newest last. */
export interface PrintedSlip {
  readonly slip: Slip;
  /** Everything that it says, codes included. */
  readonly text: string;
  /** PNG, on a roll of so many millimetres. */
  readonly pictures: Readonly<Record<58 | 80, Buffer>>;
}

/** The sandbox's printer: takes slips over HTTP and keeps each as text (`N.json`) and picture (`N-58.png`, `N-80.png`). */
export interface SandboxPrinter {
  readonly url: string;
  readonly slips: readonly PrintedSlip[];
  /** What the next slips are answered with; null: they print. */
  fail(reason: PrintFailure | null): void;
  close(): Promise<void>;
}

function textOf(line: SlipLine): string {
  if (line.type === 'rule') return '';
  return line.type === 'number' ? `${line.label} ${line.value}` : line.text;
}

/** @param folder where slips are kept; null: in memory only */
export async function startPrinter({ folder, port = 0 }: { folder: string | null; port?: number }): Promise<SandboxPrinter> {
  const slips: PrintedSlip[] = [];
  const seen = new Set<string>();
  let failure: PrintFailure | null = null;
  if (folder !== null) await mkdir(folder, { recursive: true });
  const app = Fastify({ bodyLimit: 64 * 1024 });
  /** Can it print? */
  app.get('/slips', async (_, reply) => (failure === null ? reply.send({}) : reply.code(409).send({ reason: failure })));
  app.post('/slips', async (request, reply) => {
    const parsed = Slip.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ reason: 'refused' });
    if (failure !== null) return reply.code(409).send({ reason: failure });
    const slip = parsed.data;
    // The same slip twice is one piece of paper.
    if (!seen.has(slip.id)) {
      seen.add(slip.id);
      const pictures = { 58: slipPicture(slip, 58), 80: slipPicture(slip, 80) };
      slips.push({ slip, text: slip.lines.map(textOf).join('\n'), pictures });
      if (folder !== null) {
        const name = join(folder, String(slips.length).padStart(4, '0'));
        await writeFile(`${name}.json`, `${JSON.stringify(slip, null, 2)}\n`);
        for (const mm of [58, 80] as const) await writeFile(`${name}-${mm}.png`, pictures[mm]);
      }
    }
    return reply.code(201).send({});
  });
  const url = await app.listen({ host: '127.0.0.1', port });
  return {
    url,
    slips,
    fail(reason) {
      failure = reason;
    },
    close: () => app.close(),
  };
}
