import type { DeviceCertificate } from '../device/device-certificate.ts';
import { type CheckOf, found } from './check.ts';

/** Long enough to get a code from the platform's operator. */
const SOON_DAYS = 30;

export interface DeviceCertificateDeps {
  readonly certificate: () => DeviceCertificate;
  /** Sandbox with an `http:` platform: there is nobody to show a certificate to. */
  readonly plain: boolean;
}

/** Who this device is to the platform, and for how long. */
export const deviceCertificateCheck =
  ({ certificate, plain }: DeviceCertificateDeps): CheckOf<'device-certificate'> =>
  async () => {
    const held = certificate();
    if (held.source === 'none') return plain ? found('good', 'not-needed') : found('bad', 'none');
    const { source } = held;
    if (!held.readable) return found('bad', 'unreadable', { source });
    const facts = { source, days: held.days };
    if (held.begun === false) return found('bad', 'not-yet', facts);
    if (held.days < 0) return found('bad', 'ended', facts);
    return held.days < SOON_DAYS ? found('warning', 'ends-soon', facts) : found('good', 'good', facts);
  };
