import { useEffect, useState } from 'react';
import type { HelpView } from '../../../main/contract/staff.ts';
import { Icon } from '../../components/icons.tsx';
import { useAlarmSound } from '../../context/use-alarm-sound.ts';
import { Button } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';
import { leftOutInWords, nameOf, reasonInWords } from '../words/texts.ts';
import './screens.css';

/** Minutes since a moment, kept up to date. */
function useMinutesSince(since: string | null): number {
  const minutes = () => (since === null ? 0 : Math.max(0, Math.floor((Date.now() - Date.parse(since)) / 60_000)));
  const [now, setNow] = useState(minutes);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `minutes` is made of `since`
  useEffect(() => {
    setNow(minutes());
    const timer = setInterval(() => setNow(minutes()), 5000);
    return () => clearInterval(timer);
  }, [since]);
  return now;
}

/** Whether somebody has touched this page yet: until then a browser plays no sound. */
function useTouched(): boolean {
  const [touched, setTouched] = useState(() => navigator.userActivation?.hasBeenActive ?? true);
  useEffect(() => {
    if (touched) return;
    const first = () => setTouched(true);
    const events = ['pointerup', 'keydown'] as const;
    for (const name of events) window.addEventListener(name, first);
    return () => {
      for (const name of events) window.removeEventListener(name, first);
    };
  }, [touched]);
  return touched;
}

/** The second window: where help is wanted, and never with what. Lit, and heard, from the call until somebody goes. */
export function HelpPanel({ help, small }: { readonly help: HelpView; readonly small: boolean }) {
  const { t, say } = useStaff();
  const [sound, setSound] = useState(true);
  const minutes = useMinutesSince(help.since);
  const touched = useTouched();
  useAlarmSound(help.called && sound && touched);
  const { called, journey, step, reason, busy, line, reader, printer, camera, parked, leftOut } = help;
  return (
    <section
      className={`box stack help ${called ? 'called' : ''} ${small ? 'small' : ''}`}
      aria-label={t('help.heading')}
      data-called={called}
    >
      <div className="row call" role="status">
        <Icon name={called ? 'bell' : 'ok'} />
        <p className="words">
          <strong>{called ? t('help.called') : t('help.quiet')}</strong>
          {called ? <span className="since">{t('help.since', { minutes })}</span> : null}
        </p>
        <div className="row">
          {called ? (
            <Button kind="primary" name="coming" onPress={() => say({ type: 'coming' })}>
              {t('help.coming')}
            </Button>
          ) : null}
          <Button name="sound" pressed={sound} onPress={() => setSound(!sound)}>
            {sound ? t('help.soundOff') : t('help.soundOn')}
          </Button>
        </div>
      </div>
      {sound && !touched ? <p className="silent">{t('help.silent')}</p> : null}
      <dl className="grid figures situation">
        <div>
          <dt>{t('help.heading')}</dt>
          <dd data-busy={busy}>{busy ? t('help.atScreen') : t('help.free')}</dd>
        </div>
        <div>
          <dt>{t('help.journey')}</dt>
          <dd data-journey={journey ?? ''}>{journey === null ? '―' : t(`journey.${journey}`)}</dd>
        </div>
        <div>
          <dt>{t('help.step')}</dt>
          <dd data-step={step}>{nameOf(t, step, `screen.${step}`)}</dd>
        </div>
        <div className={reason === null ? '' : 'look'}>
          <dt>{t('help.reason')}</dt>
          <dd data-reason={reason ?? ''}>{reason === null ? t('help.noReason') : reasonInWords(t, reason)}</dd>
        </div>
      </dl>
      <ul className="row state">
        <li className={line === 'online' ? 'fine' : 'look'}>
          <Icon name={line} />
          {t(`help.line.${line}`)}
        </li>
        {reader === 'good' ? null : (
          <li className="look" data-reader={reader}>
            <Icon name="caution" />
            {t('help.strangeSlot')}
          </li>
        )}
        <li className={printer === 'good' ? 'fine' : 'look'}>
          <Icon name={printer === 'good' ? 'check' : 'caution'} />
          {t(`help.printer.${printer}`)}
        </li>
        <li className={camera === 'good' ? 'fine' : 'look'}>
          <Icon name={camera === 'good' ? 'check' : 'caution'} />
          {t(`help.camera.${camera}`)}
        </li>
        <li className={parked === 0 ? 'fine' : 'look'}>
          <Icon name={parked === 0 ? 'check' : 'caution'} />
          {t('help.parked', { count: parked })}
        </li>
        {leftOut.map((one) => (
          <li key={one.journey} className="look" data-left-out={one.journey}>
            <Icon name="caution" />
            {leftOutInWords(t, one)}
          </li>
        ))}
      </ul>
      <p className="hint">{t('help.sideNote')}</p>
    </section>
  );
}
