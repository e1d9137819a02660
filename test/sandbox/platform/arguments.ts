import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../../main/contract/result.ts';
import { TerminalId } from '../../../main/contract/submission.ts';
import { type PremiumRule, ROUNDINGS } from './scheme/premium.ts';

export interface Arguments {
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly data: string;
  readonly tls: boolean;
  /** Empty: any kiosk (with `tls`: DEMO-01). */
  readonly kiosks: readonly string[];
  readonly pki: string | null;
  /** Address of the providers' own checks. null: every account is known. */
  readonly providers: string | null;
  /** How a premium that is no whole point is rounded. */
  readonly rounding: PremiumRule['rounding'];
  /** Takes this export, writes the answer, and ends. Absolute paths. `answer` null: beside it. */
  readonly take: { readonly file: string; readonly answer: string | null } | null;
}

export const usage = `usage: platform [--port N] [--data DIR] [--host ADDRESS] [--kiosk ID]... [--pki DIR] [--providers URL]
                [--rounding down|nearest|up] [--tls]
       platform --take FILE [--answer FILE] [--data DIR]
  port   0 (any free one) unless said otherwise
  data   .data/platform unless said otherwise; keys and database
  host   127.0.0.1 unless said otherwise
  kiosk  only this kiosk may come; can be given several times
  pki    directory of the test PKI
  providers  where accounts are asked about (test/sandbox/providers); without it every account is known
  rounding  down unless said otherwise: what becomes of a part of a point
  take   takes the export of a kiosk with a dead line, writes the answer to carry back, and ends (the platform must not run)
  tls    HTTPS, and every kiosk needs its certificate: ca.pem, kiosk-ID.cert.pem and kiosk-ID.key.pem in DIR/tls;
         operator.cert.pem for the sandbox's own routes`;

/** @returns the arguments, or one sentence that says what is wrong with them */
export function readArguments(argv: readonly string[]): Result<Arguments, string> {
  const text = { type: 'string' } as const;
  let values: {
    port?: string;
    data?: string;
    host?: string;
    tls?: boolean;
    kiosk?: string[];
    pki?: string;
    providers?: string;
    rounding?: string;
    take?: string;
    answer?: string;
  };
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        port: text,
        data: text,
        host: text,
        pki: text,
        providers: text,
        rounding: text,
        take: text,
        answer: text,
        tls: { type: 'boolean' },
        kiosk: { type: 'string', multiple: true },
      },
    }));
  } catch (error) {
    return err(error instanceof Error ? error.message : 'arguments cannot be read');
  }
  const port = /^\d{1,5}$/.test(values.port ?? '0') ? Number(values.port ?? '0') : 65_536;
  if (port > 65_535) return err('--port must be a number from 0 to 65535');
  const kiosks = values.kiosk ?? [];
  if (!kiosks.every((id) => TerminalId.safeParse(id).success)) return err('--kiosk must be 3 to 20 of A-Z, 0-9 and -');
  const { providers = null } = values;
  if (providers !== null && !URL.canParse(providers)) return err('--providers must be an address');
  const rounding = ROUNDINGS.find((one) => one === (values.rounding ?? 'down'));
  if (rounding === undefined) return err(`--rounding must be ${ROUNDINGS.join(', ')}`);
  if (values.answer !== undefined && values.take === undefined) return err('--answer goes with --take');
  return ok({
    port,
    host: values.host ?? '127.0.0.1',
    data: resolve(values.data ?? '.data/platform'),
    tls: values.tls ?? false,
    kiosks,
    pki: values.pki === undefined ? null : resolve(values.pki),
    providers,
    rounding,
    take:
      values.take === undefined
        ? null
        : { file: resolve(values.take), answer: values.answer === undefined ? null : resolve(values.answer) },
  });
}
