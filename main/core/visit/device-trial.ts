import type { CameraReport, CameraUse } from '../../contract/camera.ts';
import type { Settings } from '../../contract/config.ts';
import { KEY_LAYOUTS, type KeyLayout, LAYOUT_CODE } from '../../contract/key-layout.ts';
import type { DeviceTrial } from '../../contract/staff.ts';
import type { LayoutChoice } from '../scan/layout-choice.ts';
import type { ScannedText, ScannerSettings } from '../scan/scan-gate.ts';

/** Cameras and hand scanner as staff try them, and how the scanner is set. Of a code that is read only its length is kept. */
export interface DeviceTrials {
  /** How the scanner is set now: by the settings, by a set-up code, or by nobody. */
  readonly scanner: () => ScannerSettings;
  begin(use: CameraUse | null): void;
  saw(scan: ScannedText): void;
  /** @param use what the public screen shows now */
  view(use: CameraUse | null): DeviceTrial;
}

export interface DeviceTrialDeps {
  readonly settings: Pick<Settings, 'scanner' | 'keyboard'>;
  readonly choice: LayoutChoice;
  readonly lastReport: (use: CameraUse) => CameraReport | null;
}

export function createDeviceTrials({
  settings: { scanner: settings, keyboard = 'none' },
  choice,
  lastReport,
}: DeviceTrialDeps): DeviceTrials {
  let stale: CameraReport | null = null;
  let code: DeviceTrial['code'] = null;
  let codes = 0;
  const fixed = settings?.layout ?? 'auto';
  const layout = () => (fixed === 'auto' ? (choice.layout ?? 'auto') : fixed);
  return {
    scanner: () => ({ layout: layout(), prefix: settings?.prefix ?? '', suffix: settings?.suffix ?? '' }),
    begin(use) {
      // What was told before is of another time, and of another camera perhaps.
      stale = use === null ? null : lastReport(use);
      code = null;
      codes = 0;
    },
    saw(scan) {
      const named = layoutOf(scan);
      codes += 1;
      code = { by: scan.us === undefined ? 'camera' : 'scanner', signs: [...scan.text].length, layout: named };
      if (named !== null) choice.choose(named);
    },
    view(use) {
      const report = use === null ? null : lastReport(use);
      const camera = report === null || report === stale ? null : report;
      return {
        use,
        camera: camera === null ? null : { state: camera.state, standIn: camera.standIn, name: camera.name },
        code,
        codes,
        layout: layout(),
        named: fixed !== 'auto' ? 'settings' : choice.layout === null ? 'nobody' : 'set-up-code',
        device: settings?.device !== undefined,
        keys: keyboard,
      };
    },
  };
}

/** @returns the layout in which this scan is the set-up code; null: in none, or it was not typed */
function layoutOf(scan: ScannedText): KeyLayout | null {
  return KEY_LAYOUTS.find((layout) => scan[layout]?.includes(LAYOUT_CODE) === true) ?? null;
}
