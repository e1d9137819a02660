import { useEffect, useSyncExternalStore } from 'react';
import type { CameraReport } from '../main/contract/camera.ts';
import type { Intent } from '../main/contract/page-protocol.ts';
import type { Photos } from './connection/photos.ts';
import type { ViewStore } from './connection/store.ts';
import { Frame } from './frame/frame.tsx';
import { ShotsProvider } from './photo/shots-context.ts';

interface AppProps {
  readonly store: ViewStore;
  readonly intend: (intent: Intent) => void;
  readonly report: (report: CameraReport) => void;
  readonly shots: Photos;
  /** Called after every drawing of a snapshot. */
  readonly onDrawn: () => void;
}

/** The page holds no state of its own: it draws the store's newest snapshot. */
export function App({ store, intend, report, shots, onDrawn }: AppProps) {
  const view = useSyncExternalStore(store.subscribe, store.get);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every snapshot that came
  useEffect(onDrawn, [view]);
  return (
    <ShotsProvider value={shots}>
      <Frame snapshot={view.snapshot} connected={view.connected} intend={intend} report={report} />
    </ShotsProvider>
  );
}
