import type { CameraUse } from '../../contract/camera.ts';
import type { Journey } from '../../contract/screens.ts';
import type { DeviceTrial } from '../../contract/staff.ts';
import type { DeviceTrials } from './device-trial.ts';
import type { VisitSnapshot } from './machine.ts';
import type { VisitEvent } from './types.ts';

export interface StaffControlsDeps {
  readonly visit: () => VisitSnapshot;
  readonly send: (event: VisitEvent) => void;
  readonly trials: Pick<DeviceTrials, 'begin' | 'view'>;
}

/** What staff can do at the public screen from their own page. */
export class StaffControls {
  private readonly deps: StaffControlsDeps;

  constructor(deps: StaffControlsDeps) {
    this.deps = deps;
  }

  /** Takes the screen out of order for the staff console. @returns false: somebody is at it, nothing happened */
  open(): boolean {
    this.deps.send({ type: 'staff-open' });
    return this.deps.visit().context.staffOpen;
  }

  close(): void {
    this.deps.send({ type: 'staff-close' });
  }

  /** Shows that camera on the public screen, or none. @returns false: the console is not open, nothing happened */
  tryDevices(use: CameraUse | null): boolean {
    const { visit, send, trials } = this.deps;
    if (!visit().context.staffOpen) return false;
    trials.begin(use);
    send({ type: 'staff-try', use });
    return true;
  }

  get trial(): DeviceTrial {
    const { visit, trials } = this.deps;
    return trials.view(visit().context.trial);
  }

  /** Takes a call off the screen; the person's own clock runs on. */
  answerCall(): void {
    this.deps.send({ type: 'cancel-call' });
  }

  /** A visit is going on, or its card still lies on the reader. */
  get busy(): boolean {
    const state = this.deps.visit();
    return state.matches({ flow: 'visiting' }) || state.matches({ flow: 'takeCard' });
  }

  /** The journey that is up; null: none. */
  get journey(): Journey | null {
    return this.deps.visit().context.journey;
  }
}
