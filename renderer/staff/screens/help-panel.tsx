import { useEffect, useState } from 'react';
import type { HelpView } from '../../../main/contract/staff.ts';
import { Icon } from '../../components/icons.tsx';
import { useAlarmSound } from '../../context/use-alarm-sound.ts';
import { useStaff } from '../kit/kit.tsx';
import { Button } from '../kit/parts.tsx';
import { leftOutInWords, reasonInWords, stepInWords } from '../strings/words.ts';

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
  const { words, say } = useStaff();
  const [sound, setSound] = useState(true);
  const minutes = useMinutesSince(help.since);
  const touched = useTouched();
  useAlarmSound(help.called && sound && touched);
  const { called, journey, step, reason, busy, line, reader, printer, camera, parked, leftOut } = help;
  return (
    <section
      className={`help ${called ? 'lit' : ''} ${small ? 'small' : ''}`}
      aria-label={words.help.heading}
      data-called={called}
    >
      <div className="lamp" role="status">
        <Icon name={called ? 'bell' : 'ok'} />
        <p className="lamp-words">
          <strong>{called ? words.help.called : words.help.quiet}</strong>
          {called ? <span className="since">{words.help.since(minutes)}</span> : null}
        </p>
        <div className="row">
          {called ? (
            <Button kind="primary" name="coming" onPush={() => say({ type: 'coming' })}>
              {words.help.coming}
            </Button>
          ) : null}
          <Button name="sound" pressed={sound} onPush={() => setSound(!sound)}>
            {sound ? words.help.soundOff : words.help.soundOn}
          </Button>
        </div>
      </div>
      {sound && !touched ? <p className="silent">{words.help.silent}</p> : null}
      <dl className="where">
        <div>
          <dt>{words.help.heading}</dt>
          <dd data-busy={busy}>{busy ? words.help.atScreen : words.help.free}</dd>
        </div>
        <div>
          <dt>{words.help.journey}</dt>
          <dd data-journey={journey ?? ''}>{journey === null ? '―' : words.journeys[journey]}</dd>
        </div>
        <div>
          <dt>{words.help.step}</dt>
          <dd data-step={step}>{stepInWords(words, step)}</dd>
        </div>
        <div className={reason === null ? '' : 'held'}>
          <dt>{words.help.reason}</dt>
          <dd data-reason={reason ?? ''}>{reason === null ? words.help.noReason : reasonInWords(words, reason)}</dd>
        </div>
      </dl>
      <ul className="state">
        <li className={line === 'online' ? 'fine' : 'look'}>
          <Icon name={line} />
          {words.help.line[line]}
        </li>
        {reader === 'good' ? null : (
          <li className="look" data-reader={reader}>
            <Icon name="caution" />
            {words.help.strangeSlot}
          </li>
        )}
        <li className={printer === 'good' ? 'fine' : 'look'}>
          <Icon name={printer === 'good' ? 'check' : 'caution'} />
          {words.help.printer[printer]}
        </li>
        <li className={camera === 'good' ? 'fine' : 'look'}>
          <Icon name={camera === 'good' ? 'check' : 'caution'} />
          {words.help.camera[camera]}
        </li>
        <li className={parked === 0 ? 'fine' : 'look'}>
          <Icon name={parked === 0 ? 'check' : 'caution'} />
          {words.help.parked(parked)}
        </li>
        {leftOut.map((one) => (
          <li key={one.journey} className="look" data-left-out={one.journey}>
            <Icon name="caution" />
            {leftOutInWords(words, one)}
          </li>
        ))}
      </ul>
      <p className="side-note">{words.help.sideNote}</p>
    </section>
  );
}
