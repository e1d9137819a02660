import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import { renderSVG } from 'uqr';
import { z } from 'zod';
import { FormId } from '../../../main/contract/application.ts';
import { unreachable } from '../../../main/contract/result.ts';
import { PrintFailure } from '../../../main/contract/slip.ts';
import { japanDay } from '../../../main/core/time.ts';
import { sampleCatalogue } from '../platform/catalogue-publisher.ts';
import { ApplicationView } from '../platform/views.ts';
import { accountOf, SIMULATED } from '../providers/accounts.ts';
import { USES } from '../providers/provider.ts';
import type { Sandbox } from '../start/sandbox.ts';
import { cardStateNames } from '../virtual-card/card.ts';
import { cardWords } from './card-words.ts';

const Command = z.discriminatedUnion('do', [
  z.object({ do: z.literal('lay'), card: z.enum(cardStateNames) }).strict(),
  z.object({ do: z.literal('take-off') }).strict(),
  z.object({ do: z.literal('cut') }).strict(),
  z.object({ do: z.literal('mend') }).strict(),
  z.object({ do: z.literal('take-exports') }).strict(),
  z.object({ do: z.literal('printer'), fail: PrintFailure.nullable() }).strict(),
  z.object({ do: z.enum(['charge', 'purchase']), service: z.enum(SIMULATED), account: z.number().int().min(0).max(9) }).strict(),
  z.object({ do: z.enum(['settle', 'claim', 'away', 'back']), service: z.enum(SIMULATED) }).strict(),
  z.object({ do: z.literal('pay') }).strict(),
  z.object({ do: z.literal('print-form') }).strict(),
  /** How an application goes on. */
  z.object({ do: z.literal('move'), view: ApplicationView }).strict(),
]);
type Command = z.infer<typeof Command>;

/** What one press spends: with the sample measure, a quarter of it comes back as points. */
const SPEND_YEN = 8000;
/** Forms that the panel shows at once. */
const FORMS_SHOWN = 6;
/** Accounts that the panel shows of each service. */
const SHOWN = 3;
const names = new Map(sampleCatalogue().services.map(({ id, name, appCode }) => [id, { name: name.ja, appCode }]));

/** Test accounts to type, and for a pay app the code that it would show. */
const services = SIMULATED.map((id) => {
  const { name = id, appCode = null } = names.get(id) ?? {};
  const accounts = Array.from({ length: SHOWN }, (_, n) => {
    const { account, codes } = accountOf(id, n);
    const parts = { account, 'code-1': codes[0], 'code-2': codes[1], 'code-3': codes[2] };
    const code = appCode === null ? null : appCode.prefix + appCode.parts.map((part) => parts[part]).join(appCode.separator);
    return { account, codes, qr: code === null ? null : renderSVG(code) };
  });
  return { id, name, uses: USES[id], accounts };
});

const Forms = z.array(z.object({ form: FormId, used: z.boolean() }));

/** The platform's own sandbox routes. @param body left out: asks only */
async function atPlatform({ platform }: Sandbox, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(new URL(path, platform.url), {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** Forms that nobody has used yet, as the paper shows them: number and QR code. */
async function formsOf(sandbox: Sandbox) {
  const forms = Forms.parse(await atPlatform(sandbox, '/sandbox/forms'));
  return forms
    .filter(({ used }) => !used)
    .slice(0, FORMS_SHOWN)
    .map(({ form }) => ({ form, qr: renderSVG(`https://net.kojinbangoucard-test.example/?id=${form}`) }));
}

/** @throws a word that the operator can read, when a provider or the platform says no */
async function carryOut(command: Command, sandbox: Sandbox): Promise<void> {
  const { cards, line, printer, providers, platform, stick } = sandbox;
  switch (command.do) {
    case 'lay':
      return;
    case 'take-off':
      return cards.takeOff();
    case 'cut':
      return line.cut();
    case 'mend':
      return line.mend();
    case 'take-exports':
      await stick.take();
      return;
    case 'printer':
      return printer.fail(command.fail);
    case 'charge':
    case 'purchase': {
      const { account } = accountOf(command.service, command.account);
      const used = await providers[command.service].use(command.do, account, SPEND_YEN);
      if (!used.ok) throw new Error(used.error);
      return;
    }
    case 'print-form':
      await atPlatform(sandbox, '/sandbox/forms', {});
      return;
    case 'move':
      await atPlatform(sandbox, '/sandbox/applications', command.view);
      return;
    case 'settle':
      return providers[command.service].settle();
    case 'claim':
      await providers[command.service].claim(japanDay(Date.now()).slice(0, 7));
      return;
    case 'pay':
      return platform.paySubsidies();
    case 'away':
    case 'back':
      providers[command.service].away = command.do === 'away';
      return;
    default:
      return unreachable(command);
  }
}

const page = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

export interface Panel {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The operator's panel of the demo, on 127.0.0.1: lays a card on the reader, takes it off, cuts the line, spends money with the
 * cashless services, shows test forms and moves applications on, shows the slips. It belongs to the sandbox: the kiosk does not know of it.
 * `staff`: the address of the staff's page. Every request must name our own Host and, when it changes something, our own
 * Origin.
 */
export async function startPanel(sandbox: Sandbox, port = 0, staff: string | null = null): Promise<Panel> {
  const app = Fastify({ bodyLimit: 4096 });
  let origin = '';
  app.addHook('onRequest', async (request, reply) => {
    const foreign =
      request.headers.host !== new URL(origin).host || (request.method !== 'GET' && request.headers.origin !== origin);
    if (foreign) await reply.code(403).send();
  });
  const state = async () => ({
    cards: cardStateNames.map((name) => ({ name, words: cardWords[name], pin: sandbox.cards.pinOf(name) })),
    onReader: sandbox.cards.onReader,
    line: sandbox.line.up,
    slips: sandbox.printer.slips.length,
    services: services.map((one) => ({
      ...one,
      waiting: sandbox.providers[one.id].waiting,
      away: sandbox.providers[one.id].away,
    })),
    forms: await formsOf(sandbox),
    applications: z.array(ApplicationView).parse(await atPlatform(sandbox, '/sandbox/applications')),
    staff,
    cases: `${sandbox.platform.url}/sandbox/case`,
  });
  app.get('/', async (_, reply) => reply.type('text/html; charset=utf-8').send(page('panel.html')));
  app.get('/panel.js', async (_, reply) => reply.type('text/javascript; charset=utf-8').send(page('panel.js')));
  app.get('/panel.css', async (_, reply) => reply.type('text/css; charset=utf-8').send(page('panel.css')));
  app.get('/state', async () => state());
  app.get('/slip', async (request, reply) => {
    const asked = z.object({ mm: z.enum(['58', '80']) }).safeParse(request.query);
    const last = sandbox.printer.slips.at(-1);
    if (last === undefined || !asked.success) return reply.code(404).send();
    return reply.type('image/png').send(last.pictures[asked.data.mm === '58' ? 58 : 80]);
  });
  app.post('/do', async (request, reply) => {
    const parsed = Command.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: 'no such command' });
    const command = parsed.data;
    if (command.do === 'lay' && !(await sandbox.cards.lay(command.card))) {
      return reply.code(409).send({ error: 'no reader listens' });
    }
    try {
      await carryOut(command, sandbox);
    } catch (error) {
      return reply.code(502).send({ error: error instanceof Error ? error.message : 'no' });
    }
    return state();
  });
  origin = await app.listen({ host: '127.0.0.1', port });
  return { url: origin, close: () => app.close() };
}
