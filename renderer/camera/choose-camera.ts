import type { CameraNames, CameraUse } from '../../main/contract/camera.ts';

/** A camera as the browser lists it. `label`: its name and USB id, `HD Webcam (046d:082d)`; empty before any camera was granted. */
export interface CameraFound {
  readonly deviceId: string;
  readonly label: string;
}

/**
 * `named`: the one that the settings name. `other`: that one is not there, and this one stands in. `free`: the settings name none for this
 * use. `deviceId` null: whichever the browser gives.
 */
export interface CameraChoice {
  readonly by: 'named' | 'other' | 'free';
  readonly deviceId: string | null;
}

/** A part of a label, and which of those that have it: two cameras of one make have one label. `C920`, `046d:082d`, `C920 #2`. */
const NAME = /^(.*?)(?: #([1-9]))?$/;

function named(cameras: readonly CameraFound[], name: string | null): CameraFound | null {
  const [, part = '', place = '1'] = NAME.exec(name?.trim() ?? '') ?? [];
  if (part === '') return null;
  const fit = cameras.filter(({ label }) => label.toLowerCase().includes(part.toLowerCase()));
  return fit[Number(place) - 1] ?? null;
}

/** Which camera looks at what. Ids change between starts of a browser, so the settings go by labels. */
export function chooseCamera(cameras: readonly CameraFound[], use: CameraUse, names: CameraNames): CameraChoice {
  const mine = named(cameras, names[use]);
  if (mine !== null) return { by: 'named', deviceId: mine.deviceId };
  const others = named(cameras, names[use === 'codes' ? 'face' : 'codes']);
  // Rather one that has nothing else to do.
  const left = others === null ? null : (cameras.find(({ deviceId }) => deviceId !== others.deviceId) ?? null);
  return { by: names[use] === null ? 'free' : 'other', deviceId: left?.deviceId ?? null };
}
