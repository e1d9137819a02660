import type { CameraUse } from '../../main/contract/camera.ts';
import { PhotoView, useFaceCamera } from '../photo/photo-view.tsx';
import { ScanView } from '../scan/scan-view.tsx';
import './device-trial.css';

/** The camera that staff try, live. What it says and what it read stands on the staff's own page. */
export function DeviceTrial({ use }: { readonly use: CameraUse }) {
  return <div className="device-trial">{use === 'codes' ? <ScanView problem={null} keys={false} /> : <FaceTrial />}</div>;
}

function FaceTrial() {
  const { video, state, hints } = useFaceCamera('normal');
  return <PhotoView video={video} state={state} hints={hints} left={null} flash={false} />;
}
