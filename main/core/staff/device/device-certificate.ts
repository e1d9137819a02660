import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Settings } from '../../../contract/config.ts';
import { readIdentity } from './identity.ts';

const DAY_MS = 86_400_000;

/** The device's certificate as it is used. `days` it still lasts, below 0: ended. `begun`: its first day has come. */
export type DeviceCertificate =
  | { readonly source: 'none' }
  | { readonly source: 'settings' | 'enrolled'; readonly readable: false }
  | { readonly source: 'settings' | 'enrolled'; readonly readable: true; readonly days: number; readonly begun: boolean };

/** @param now epoch ms */
export function deviceCertificate(settings: Settings, data: string, now: number): DeviceCertificate {
  const { tls } = settings.platform;
  if (tls !== undefined) return { source: 'settings', ...validity(() => readFileSync(tls.certFile), now) };
  const enrolled = readIdentity(data, settings.terminal.id);
  return enrolled === null ? { source: 'none' } : { source: 'enrolled', ...validity(() => enrolled.certificate, now) };
}

function validity(read: () => string | Buffer, now: number) {
  try {
    const { validFromDate, validToDate } = new X509Certificate(read());
    const days = Math.floor((validToDate.getTime() - now) / DAY_MS);
    return { readable: true, days, begun: validFromDate.getTime() <= now } as const;
  } catch {
    return { readable: false } as const;
  }
}
