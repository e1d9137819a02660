import type { CameraUse } from '../../../contract/camera.ts';
import { err, ok } from '../../../contract/result.ts';
import type { DeviceTrial } from '../../../contract/staff.ts';
import type { StaffHandlers } from '../handlers.ts';

export interface TrialHandlerDeps {
  readonly kiosk: { tryDevices(use: CameraUse | null): boolean; readonly trial: DeviceTrial };
}

/** Cameras and hand scanner, tried on the public screen. */
export function trialHandlers({ kiosk }: TrialHandlerDeps): Pick<StaffHandlers, 'try-devices' | 'trial'> {
  return {
    'try-devices': async ({ use }) => (kiosk.tryDevices(use) ? ok({ what: 'trial', trial: kiosk.trial }) : err('not-open')),
    trial: async () => ok({ what: 'trial', trial: kiosk.trial }),
  };
}
