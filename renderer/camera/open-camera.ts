import type { CameraNames, CameraUse } from '../../main/contract/camera.ts';
import { err, ok, type Result } from '../../main/contract/result.ts';
import { type CameraChoice, type CameraFound, chooseCamera } from './choose-camera.ts';
import { type CameraTrouble, troubleOf } from './trouble.ts';

/** What is wanted of a camera, px. */
export interface CameraWish {
  readonly use: CameraUse;
  readonly names: CameraNames;
  readonly width: number;
  readonly height: number;
}

export interface OpenedCamera {
  readonly stream: MediaStream;
  readonly by: CameraChoice['by'];
  /** All that are there. */
  readonly cameras: readonly CameraFound[];
}

type Devices = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'>;

/** Opens the camera for this use. Labels are known only after a camera was granted: then, if it was another, the right one is opened instead. */
export async function openCamera(devices: Devices, wish: CameraWish): Promise<Result<OpenedCamera, CameraTrouble>> {
  try {
    const before = await list(devices);
    const guess = chooseCamera(before, wish.use, wish.names);
    const stream = await open(devices, wish, guess.deviceId);
    const cameras = await list(devices);
    const choice = chooseCamera(cameras, wish.use, wish.names);
    if (choice.deviceId === null || choice.deviceId === idOf(stream)) return ok({ stream, by: choice.by, cameras });
    turnOff(stream);
    return ok({ stream: await open(devices, wish, choice.deviceId), by: choice.by, cameras });
  } catch (problem) {
    return err(troubleOf(problem instanceof DOMException ? problem.name : ''));
  }
}

export function turnOff(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function list(devices: Devices): Promise<readonly CameraFound[]> {
  const all = await devices.enumerateDevices();
  return all.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ deviceId, label }));
}

function open(devices: Devices, { use, width, height }: CameraWish, deviceId: string | null): Promise<MediaStream> {
  const which =
    deviceId === null ? { facingMode: { ideal: use === 'face' ? 'user' : 'environment' } } : { deviceId: { exact: deviceId } };
  return devices.getUserMedia({ audio: false, video: { width: { ideal: width }, height: { ideal: height }, ...which } });
}

const idOf = (stream: MediaStream): string | undefined => stream.getVideoTracks()[0]?.getSettings().deviceId;
