import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../../main/contract/result.ts';
import { type CardStateName, cardStateNames } from './states.ts';

export interface Arguments {
  readonly card: CardStateName;
  readonly host: string;
  readonly port: number;
  readonly log: string | null;
  readonly state: string | null;
  readonly pki: string | null;
}

export const usage = `usage: virtual-card --card NAME [--reader HOST:PORT] [--log FILE] [--state FILE] [--pki DIR]
  NAME    ${cardStateNames.join(', ')}
  reader  127.0.0.1:35963 unless said otherwise
  log     one line of JSON per command and per insert, remove and power event
  state   keeps the PIN counters in a file; otherwise they are forgotten at the end
  pki     directory of the test PKI`;

const isState = (name: string): name is CardStateName => cardStateNames.some((one) => one === name);

/** @returns the arguments, or one sentence that says what is wrong with them */
export function readArguments(argv: readonly string[]): Result<Arguments, string> {
  const text = { type: 'string' } as const;
  let values: { card?: string; reader?: string; log?: string; state?: string; pki?: string };
  try {
    ({ values } = parseArgs({ args: [...argv], options: { card: text, reader: text, log: text, state: text, pki: text } }));
  } catch (error) {
    return err(error instanceof Error ? error.message : 'arguments cannot be read');
  }
  if (values.card === undefined) return err('--card is missing');
  if (!isState(values.card)) return err(`there is no card "${values.card}"; cards: ${cardStateNames.join(', ')}`);
  const [, host, digits] = /^(.+):(\d{1,5})$/.exec(values.reader ?? '127.0.0.1:35963') ?? [];
  const port = Number(digits);
  if (host === undefined || !(port >= 1 && port <= 65_535)) return err('--reader must be HOST:PORT');
  return ok({ card: values.card, host, port, log: values.log ?? null, state: values.state ?? null, pki: values.pki ?? null });
}
