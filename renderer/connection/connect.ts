import type { CameraReport } from '../../main/contract/camera.ts';
import { CoreMessage, type Intent, type PageMessage, type Snapshot } from '../../main/contract/page-protocol.ts';
import { type ConnectionDeps, keepConnection } from './keep-connection.ts';

export interface ConnectDeps extends ConnectionDeps {
  readonly onSnapshot: (snapshot: Snapshot) => void;
  /** The picture that was asked for. Goes past the store: it is nobody's state. */
  readonly onPhoto: (message: PhotoAnswer) => void;
  /** The connection is gone; called once per loss. */
  readonly onAway: () => void;
}

export type PhotoAnswer = Extract<CoreMessage, { type: 'photo' }>;
export type PhotoOrder = Extract<PageMessage, { type: 'photo' | 'want-photo' }>;

/** The page's end of the Port. Whatever is said while the host is away is dropped: an intent never waits for a later screen. */
export interface Connection {
  intend(intent: Intent): void;
  /** The step that a painted frame shows. */
  painted(step: number): void;
  /** How a camera does. */
  camera(report: CameraReport): void;
  /** A picture, or the question for one. */
  photo(message: PhotoOrder): void;
  close(): void;
}

/** The public page's connection: greets, and hands on snapshots and pictures. */
export function connect({ onSnapshot, onPhoto, onAway, ...deps }: ConnectDeps): Connection {
  const kept = keepConnection(deps, {
    message: CoreMessage,
    hello: JSON.stringify({ type: 'hello', v: 1 } satisfies PageMessage),
    onMessage(message) {
      if (message.type === 'photo') onPhoto(message);
      if (message.type === 'snapshot') onSnapshot(message.snapshot);
    },
    onLost(wasOpen) {
      if (wasOpen) onAway();
      return true;
    },
  });
  const send = (message: PageMessage) => kept.send(JSON.stringify(message));
  return {
    intend: (intent) => send({ type: 'intent', intent }),
    painted: (step) => send({ type: 'painted', step }),
    camera: (report) => send({ type: 'camera', ...report, found: [...report.found] }),
    photo: send,
    close: kept.close,
  };
}
