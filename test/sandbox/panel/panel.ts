import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import { z } from 'zod';
import { PrintFailure } from '../../../main/contract/slip.ts';
import type { Sandbox } from '../start/sandbox.ts';
import { cardStateNames } from '../virtual-card/card.ts';
import { cardWords } from './card-words.ts';

const Command = z.discriminatedUnion('do', [
  z.object({ do: z.literal('lay'), card: z.enum(cardStateNames) }).strict(),
  z.object({ do: z.literal('take-off') }).strict(),
  z.object({ do: z.literal('cut') }).strict(),
  z.object({ do: z.literal('mend') }).strict(),
  z.object({ do: z.literal('printer'), fail: PrintFailure.nullable() }).strict(),
]);

const page = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

export interface Panel {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The operator's panel of the demo, on 127.0.0.1: lays a card on the reader, takes it off, cuts the line, shows the slips. It belongs to
 * the sandbox: the kiosk does not know of it. Every request must name our own Host and, when it changes something, our own Origin.
 */
export async function startPanel(sandbox: Sandbox, port = 0): Promise<Panel> {
  const app = Fastify({ bodyLimit: 4096 });
  let origin = '';
  app.addHook('onRequest', async (request, reply) => {
    const foreign =
      request.headers.host !== new URL(origin).host || (request.method !== 'GET' && request.headers.origin !== origin);
    if (foreign) await reply.code(403).send();
  });
  const state = () => ({
    cards: cardStateNames.map((name) => ({ name, words: cardWords[name], pin: sandbox.cards.pinOf(name) })),
    onReader: sandbox.cards.onReader,
    line: sandbox.line.up,
    slips: sandbox.printer.slips.length,
  });
  app.get('/', async (_, reply) => reply.type('text/html; charset=utf-8').send(page('panel.html')));
  app.get('/panel.js', async (_, reply) => reply.type('text/javascript; charset=utf-8').send(page('panel.js')));
  app.get('/panel.css', async (_, reply) => reply.type('text/css; charset=utf-8').send(page('panel.css')));
  app.get('/state', async () => state());
  app.get('/slip', async (_, reply) => {
    const last = sandbox.printer.slips.at(-1);
    return last === undefined ? reply.code(404).send() : reply.type('image/svg+xml').send(last.picture);
  });
  app.post('/do', async (request, reply) => {
    const parsed = Command.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: 'no such command' });
    const command = parsed.data;
    if (command.do === 'lay' && !(await sandbox.cards.lay(command.card))) {
      return reply.code(409).send({ error: 'no reader listens' });
    }
    if (command.do === 'take-off') await sandbox.cards.takeOff();
    if (command.do === 'cut') sandbox.line.cut();
    if (command.do === 'mend') sandbox.line.mend();
    if (command.do === 'printer') sandbox.printer.fail(command.fail);
    return state();
  });
  origin = await app.listen({ host: '127.0.0.1', port });
  return { url: origin, close: () => app.close() };
}
