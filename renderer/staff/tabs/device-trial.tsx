import { useEffect, useRef, useState } from 'react';
import { CAMERA_USES, type CameraUse } from '../../../main/contract/camera.ts';
import { LAYOUT_CODE } from '../../../main/contract/key-layout.ts';
import type { DeviceTrial, StaffRequest } from '../../../main/contract/staff.ts';
import { QrCode } from '../../pictures/qr-code.tsx';
import { Button, Failure, Message } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';
import type { AskFailure } from '../port/connect.ts';

/** How often it is asked what the camera sees, ms. */
const LOOK_MS = 1000;

/** Cameras and hand scanner, tried on the kiosk's own screen; what they say is told here. Ends with the tab. */
export function TrialOfDevices() {
  const { t } = useStaff();
  const { trial, failure, begin } = useTrial();
  const use = trial?.use ?? null;
  return (
    <section className="stack part" data-trial={use ?? 'none'}>
      <h2>{t('trial.title')}</h2>
      <p>{t('trial.text')}</p>
      <div className="row">
        {CAMERA_USES.map((one) => (
          <Button key={one} icon="camera" name={`try-${one}`} pressed={use === one} onPress={() => void begin(one)}>
            {t(`trial.begin.${one}`)}
          </Button>
        ))}
        <Button name="try-end" off={use === null} onPress={() => void begin(null)}>
          {t('trial.end')}
        </Button>
      </div>
      <Failure failure={failure} />
      {trial === null || use === null ? null : <Seen trial={trial} use={use} />}
    </section>
  );
}

function Seen({ trial, use }: { readonly trial: DeviceTrial; readonly use: CameraUse }) {
  const { t } = useStaff();
  const { camera, code, layout, named, device, keys } = trial;
  const well = camera?.state === 'running' && !camera.standIn;
  return (
    <div className="stack">
      <Message tone={camera === null ? 'info' : well ? 'ok' : 'caution'} role="status">
        <strong>
          {camera === null
            ? t('trial.waits')
            : t(`trial.camera.${camera.state === 'running' && camera.standIn ? 'stand-in' : camera.state}`)}
        </strong>
        {camera?.name === null || camera === null ? null : <p>{camera.name}</p>}
      </Message>
      {use === 'face' ? null : (
        <>
          <Message tone={code === null ? 'info' : 'ok'} role="status">
            <p>{code === null ? t('trial.noCode') : t('trial.code', { by: t(`trial.by.${code.by}`), signs: code.signs })}</p>
            {code?.layout == null ? null : <strong>{t(`trial.learnt.${code.layout}`)}</strong>}
          </Message>
          <div className="set-up-code">
            <QrCode text={LAYOUT_CODE} label={t('trial.setUpCode')} />
            <div>
              <h3>{t('trial.setUpCode')}</h3>
              <p>{t('trial.setUpText')}</p>
              <p>
                {t(`trial.layout.${layout}`)} {named === 'nobody' ? null : t(`trial.named.${named}`)}
              </p>
              {device ? null : <p>{t('trial.nameScanner')}</p>}
              <p data-keys={keys}>{t(`trial.keys.${keys}`)}</p>
            </div>
          </div>
        </>
      )}
    </div>
  );
}

function useTrial() {
  const { ask } = useStaff();
  const [trial, setTrial] = useState<DeviceTrial | null>(null);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const running = trial !== null && trial.use !== null;
  const put = async (request: StaffRequest) => {
    const asked = await ask(request);
    setFailure(asked.ok ? null : asked.error);
    if (asked.ok && asked.answer.what === 'trial') setTrial(asked.answer.trial);
  };
  const latest = useRef(put);
  useEffect(() => {
    latest.current = put;
  });
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void latest.current({ what: 'trial' }), LOOK_MS);
    return () => {
      clearInterval(timer);
      // Another tab is up: the public screen need not show the camera any longer.
      void latest.current({ what: 'try-devices', use: null });
    };
  }, [running]);
  return { trial, failure, begin: (use: CameraUse | null) => put({ what: 'try-devices', use }) };
}
