import { useState } from 'react';
import type { ParkedFilter, StaffAnswer, StaffRequest } from '../../../main/contract/staff.ts';
import { Button, Failure, type Tone } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';
import { useAnswer } from '../components/use-answer.ts';
import { Alone } from '../queue/alone.tsx';
import { DeadLine } from '../queue/dead-line.tsx';
import { Numbers } from '../queue/numbers.tsx';
import { codeInWords, type Outcome, Said } from '../queue/outcome.tsx';
import { Parked } from '../queue/parked.tsx';
import { SetAside } from '../queue/set-aside.tsx';
import { StoreCare } from '../queue/store-care.tsx';

/** The queue in numbers, what was noticed about it, the rows that staff must look at, and the way out when the line stays dead. */
export function QueueTab() {
  const { t, role, ask } = useStaff();
  const [outcome, setOutcome] = useState<Outcome>(null);
  const [busy, setBusy] = useState(false);
  const [filter, setFilter] = useState<ParkedFilter>({ reason: null, kind: null });
  const { answer, failure, loading, again } = useAnswer({ what: 'queue', parked: filter }, 'queue');
  const run = async (request: StaffRequest, done: (answer: StaffAnswer) => { tone: Tone; text: string }) => {
    setBusy(true);
    setOutcome(null);
    const asked = await ask(request);
    setBusy(false);
    setOutcome(asked.ok ? done(asked.answer) : { failure: asked.error, asked: request.what });
    again();
  };
  if (answer === null)
    return <div className="stack">{failure === null ? <p>{t('console.loading')}</p> : <Failure failure={failure} />}</div>;
  const { queue } = answer;
  return (
    <div className="stack by-finger" aria-busy={loading || busy}>
      <Said outcome={failure === null ? outcome : { failure }} />
      <Numbers queue={queue} />
      <div className="row">
        <Button icon="search" name="queue-again" off={loading} onPress={again}>
          {t('console.reload')}
        </Button>
        <Button
          icon="online"
          name="retry-now"
          off={busy}
          onPress={() => void run({ what: 'retry-now' }, () => ({ tone: 'info', text: t('queue.retried') }))}
        >
          {t('queue.retry')}
        </Button>
      </div>
      <StoreCare queue={queue} off={busy} onRun={run} />
      <h2>{t('queue.parked')}</h2>
      <Parked queue={queue} filter={filter} off={busy} onFilter={setFilter} onRun={run} />
      <Alone rows={queue.alone} />
      <h2>{t('queue.answers')}</h2>
      {queue.lastAnswers.length === 0 ? (
        <p>{t('queue.noAnswers')}</p>
      ) : (
        <ul className="row answers">
          {queue.lastAnswers.map(({ code, count }) => (
            <li key={code} className="item">
              <span>{codeInWords(t, code)}</span>
              <strong>{count}</strong>
            </li>
          ))}
        </ul>
      )}
      {role === 'engineer' ? (
        <>
          <DeadLine queue={queue} off={busy} onRun={run} />
          <SetAside off={busy} onRun={run} />
        </>
      ) : null}
    </div>
  );
}
