import { CAMERA_USES, type CameraFault, type CameraReport, type CameraUse } from '../../contract/camera.ts';
import { createListeners } from '../../contract/listeners.ts';

/** What the page last told of each camera. Names of devices and codes of trouble, nothing that a camera saw. */
export interface CameraReports {
  take(report: CameraReport): void;
  /** The worst that holds until that camera is told to be well; null: none is known. */
  readonly fault: CameraFault | null;
  /** Which camera looks at what, by its label; null: not opened yet. */
  readonly names: { readonly [use in CameraUse]: string | null };
  /** What was told last of that camera; null: nothing. */
  of(use: CameraUse): CameraReport | null;
  /** All that the page has found. */
  readonly found: readonly string[];
  /** @returns unsubscribe */
  onChange(listener: () => void): () => void;
}

export function createCameraReports(log: (use: CameraUse, state: string) => void): CameraReports {
  const last = new Map<CameraUse, CameraReport>();
  const changes = createListeners<[]>();
  const faultOf = (report: CameraReport | undefined): CameraFault | null => {
    if (report === undefined) return null;
    return report.state === 'running' ? (report.standIn ? 'stand-in' : null) : report.state;
  };
  return {
    take(report) {
      const before = faultOf(last.get(report.use));
      last.set(report.use, report);
      const now = faultOf(report);
      if (before !== now) log(report.use, now ?? 'running');
      changes.emit();
    },
    get fault() {
      const faults = CAMERA_USES.map((use) => faultOf(last.get(use))).filter((fault) => fault !== null);
      // A stand-in sees something at least.
      return faults.find((fault) => fault !== 'stand-in') ?? faults[0] ?? null;
    },
    get names() {
      return { codes: last.get('codes')?.name ?? null, face: last.get('face')?.name ?? null };
    },
    of: (use) => last.get(use) ?? null,
    get found() {
      return [...new Set([...last.values()].flatMap(({ found }) => found))];
    },
    onChange: changes.add,
  };
}
