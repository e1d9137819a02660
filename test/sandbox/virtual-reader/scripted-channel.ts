import type { CardHostErrorCode } from '../../../main/contract/card-host.ts';
import type { CardChannel } from '../../../main/core/ports.ts';

/** One expected exchange: a command in hex (spaces allowed), and the answer in hex or a card-host error. */
export type Turn = readonly [command: string, answer: string | { readonly error: CardHostErrorCode }];

export interface ScriptedChannel extends CardChannel {
  /** Every command so far, upper-case hex, as it was when it came in. */
  readonly sent: readonly string[];
  /** The very arrays that were handed in: a test can see whether a PIN was overwritten. */
  readonly handed: readonly Uint8Array[];
  /** @throws when commands of the script were not sent */
  finish(): void;
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const clean = (hex: string): string => hex.replaceAll(' ', '').toUpperCase();

/** A channel that knows what will be said to it. A command out of turn throws: the test fails where the mistake is. */
export function scriptedChannel(turns: readonly Turn[]): ScriptedChannel {
  const sent: string[] = [];
  const handed: Uint8Array[] = [];
  return {
    session: 1,
    sent,
    handed,
    async transmit(apdu) {
      const turn = turns[sent.length];
      const command = hexOf(apdu);
      if (turn === undefined) throw new Error(`after the end of the script: ${command}`);
      const [expected, answer] = turn;
      if (clean(expected) !== command) throw new Error(`command ${sent.length + 1}: ${command}, expected ${clean(expected)}`);
      sent.push(command);
      handed.push(apdu);
      if (typeof answer !== 'string') return { ok: false, error: { code: answer.error } };
      return { ok: true, value: Uint8Array.from(Buffer.from(clean(answer), 'hex')) };
    },
    close: async () => {},
    finish() {
      if (sent.length !== turns.length) throw new Error(`${turns.length - sent.length} commands of the script were not sent`);
    },
  };
}
