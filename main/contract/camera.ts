/** What a camera looks at: codes that are held before it, or the face for the ID photo. */
export const CAMERA_USES = ['codes', 'face'] as const;
export type CameraUse = (typeof CAMERA_USES)[number];

/** Codes in one picture that are told of. */
export const MOST_CODES = 8;

/** Which camera is for what: a part of its label or its USB id, `C920` or `046d:082d`. `null`: not chosen. */
export type CameraNames = { readonly [use in CameraUse]: string | null };

/** Why a camera gives no picture of use. `black`: it is on and sees nothing; `stopped`: its picture has stopped. */
export const CAMERA_TROUBLES = ['missing', 'denied', 'busy', 'failed', 'stopped', 'black'] as const;
/** What staff hear. `stand-in`: the camera that the settings name is not there, another one is used. */
export type CameraFault = (typeof CAMERA_TROUBLES)[number] | 'stand-in';

/** What the page tells of one camera, whenever it changes. */
export interface CameraReport {
  readonly use: CameraUse;
  readonly state: 'running' | (typeof CAMERA_TROUBLES)[number];
  readonly standIn: boolean;
  /** Label of the camera that is open; null: none is. */
  readonly name: string | null;
  /** Labels of all that are there. */
  readonly found: readonly string[];
}
