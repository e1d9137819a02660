import { useState } from 'react';
import type { QueueView, StaffAnswer, StaffRequest } from '../../../main/contract/staff.ts';
import { useStaff } from '../kit/kit.tsx';
import { Failure, Push, Say, type Tone } from '../kit/parts.tsx';
import { Sure } from '../kit/sure.tsx';
import { useAnswer } from '../kit/use-answer.ts';
import type { AskFailure } from '../port/connect.ts';
import { OPS_WORDS, type OpsWords } from '../strings/ops-words.ts';
import type { StaffWords } from '../strings/words.ts';

/** What the last press came to. */
type Outcome = { readonly tone: Tone; readonly text: string } | { readonly failure: AskFailure } | null;

const STATES = ['pending', 'sending', 'parked', 'accepted', 'refused', 'cancelled'] as const;

const timeOf = (at: string) => new Intl.DateTimeFormat('ja-JP', { dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));

/** A code of the platform's, or of delivery's, in words; one that has none is shown as it is. */
function codeInWords(t: OpsWords['queue'], { reasons }: StaffWords, code: string): string {
  const own = (t.answer as Record<string, string | undefined>)[code];
  const refusal = (reasons.refused as Record<string, string | undefined>)[code];
  return own ?? refusal ?? (/^http-\d+$/.test(code) ? `${t.answer.http} (${code.slice(5)})` : code);
}

/** The queue in numbers, the rows that staff must look at, and the way out when the line stays dead. */
export function QueueTab() {
  const { words, language, role, ask } = useStaff();
  const t = OPS_WORDS[language].queue;
  const [outcome, setOutcome] = useState<Outcome>(null);
  const [busy, setBusy] = useState(false);
  const { answer, failure, loading, again } = useAnswer({ what: 'queue' }, 'queue');
  const run = async (request: StaffRequest, done: (answer: StaffAnswer) => { tone: Tone; text: string }) => {
    setBusy(true);
    setOutcome(null);
    const asked = await ask(request);
    setBusy(false);
    setOutcome(asked.ok ? done(asked.answer) : { failure: asked.error });
    again();
  };
  if (answer === null)
    return <div className="tab">{failure === null ? <p>{words.console.loading}</p> : <Failure failure={failure} />}</div>;
  const { queue } = answer;
  return (
    <div className="tab queue" aria-busy={loading || busy}>
      <Said outcome={failure === null ? outcome : { failure }} />
      <Numbers queue={queue} />
      <div className="row">
        <Push icon="search" name="queue-again" off={loading} onPush={again}>
          {words.console.reload}
        </Push>
        <Push
          icon="online"
          name="retry-now"
          off={busy}
          onPush={() => void run({ what: 'retry-now' }, () => ({ tone: 'info', text: t.retried }))}
        >
          {t.retry}
        </Push>
      </div>
      <h2>{t.parked}</h2>
      <Parked
        queue={queue}
        off={busy}
        onRelease={(row) => void run({ what: 'release', row }, () => ({ tone: 'ok', text: t.released }))}
      />
      <h2>{t.answers}</h2>
      {queue.lastAnswers.length === 0 ? (
        <p>{t.noAnswers}</p>
      ) : (
        <ul className="answers">
          {queue.lastAnswers.map(({ code, count }) => (
            <li key={code}>
              <span>{codeInWords(t, words, code)}</span>
              <strong>{count}</strong>
            </li>
          ))}
        </ul>
      )}
      {role === 'engineer' ? <DeadLine queue={queue} off={busy} onRun={run} /> : null}
    </div>
  );
}

function Said({ outcome }: { readonly outcome: Outcome }) {
  const { language } = useStaff();
  if (outcome === null) return null;
  if (!('failure' in outcome)) {
    return (
      <Say tone={outcome.tone} role="status">
        {outcome.text}
      </Say>
    );
  }
  if (outcome.failure !== 'bad-file') return <Failure failure={outcome.failure} />;
  return (
    <Say tone="stop" role="alert">
      {OPS_WORDS[language].queue.badFile}
    </Say>
  );
}

function Numbers({ queue }: { readonly queue: QueueView }) {
  const { language } = useStaff();
  const t = OPS_WORDS[language].queue;
  return (
    <>
      <Say tone={queue.line === 'online' ? 'ok' : 'caution'}>
        <strong>{t.line[queue.line]}</strong>
        {queue.oldestSeconds === null ? (
          <span>{t.nothingWaits}</span>
        ) : (
          <span>
            {t.oldest}
            {t.age(queue.oldestSeconds)}
          </span>
        )}
        {queue.nextAttempt === null ? null : (
          <span>
            {t.nextAttempt}
            {new Date(queue.nextAttempt).toLocaleTimeString('ja-JP')}
          </span>
        )}
      </Say>
      <dl className="numbers">
        {STATES.map((state) => (
          <div key={state} data-count={state} className={state === 'parked' && queue.counts.parked > 0 ? 'look' : ''}>
            <dt>{t.counts[state]}</dt>
            <dd>{queue.counts[state]}</dd>
          </div>
        ))}
        <div data-count="challenges" className={queue.challenges === 0 ? 'look' : ''}>
          <dt>{t.challenges}</dt>
          <dd>{queue.challenges}</dd>
        </div>
      </dl>
    </>
  );
}

interface ParkedProps {
  readonly queue: QueueView;
  readonly off: boolean;
  readonly onRelease: (row: string) => void;
}

function Parked({ queue, off, onRelease }: ParkedProps) {
  const { words, language } = useStaff();
  const t = OPS_WORDS[language].queue;
  if (queue.parked.length === 0) return <p>{t.noParked}</p>;
  return (
    <ul className="parked">
      {queue.parked.map(({ id, receipt, kind, at, attempts, reason }) => (
        <li key={id} data-parked={receipt}>
          <dl>
            <div>
              <dt>{t.receipt}</dt>
              <dd className="digits">{receipt}</dd>
            </div>
            <div>
              <dt>{t.kind}</dt>
              <dd>{words.journeys[kind]}</dd>
            </div>
            <div>
              <dt>{t.since}</dt>
              <dd>{timeOf(at)}</dd>
            </div>
            <div>
              <dt>{t.attempts}</dt>
              <dd>{attempts}</dd>
            </div>
            <div>
              <dt>{t.reason}</dt>
              <dd>{codeInWords(t, words, reason)}</dd>
            </div>
          </dl>
          <Sure name={`release-${receipt}`} icon="online" question={t.releaseSure} off={off} onYes={() => onRelease(id)}>
            {t.release}
          </Sure>
        </li>
      ))}
    </ul>
  );
}

interface DeadLineProps {
  readonly queue: QueueView;
  readonly off: boolean;
  readonly onRun: (request: StaffRequest, done: (answer: StaffAnswer) => { tone: Tone; text: string }) => Promise<void>;
}

function DeadLine({ queue, off, onRun }: DeadLineProps) {
  const { language } = useStaff();
  const t = OPS_WORDS[language].queue;
  const [chosen, setChosen] = useState<string | null>(null);
  const media = queue.media.find((name) => name === chosen) ?? queue.media[0];
  const exported = (answer: StaffAnswer) =>
    answer.what === 'exported' && answer.rows > 0
      ? ({ tone: 'ok', text: t.exported(answer.rows, answer.file) } as const)
      : ({ tone: 'info', text: t.nothingToExport } as const);
  const imported = (answer: StaffAnswer) => {
    const { settled, again, unknown } = answer.what === 'imported' ? answer : { settled: 0, again: 0, unknown: 0 };
    return { tone: settled > 0 ? 'ok' : 'info', text: t.imported(settled, again, unknown) } as const;
  };
  return (
    <section className="dead-line" aria-label={t.deadLine}>
      <h2>{t.deadLine}</h2>
      <p>{t.deadLineText}</p>
      {media === undefined ? (
        <Say tone="info">{t.noMedia}</Say>
      ) : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: buttons that switch, as everywhere on this page */}
          <div className="row" role="group" aria-label={t.medium}>
            {queue.media.map((name) => (
              <Push key={name} name={`medium-${name}`} pressed={name === media} onPush={() => setChosen(name)}>
                {name}
              </Push>
            ))}
          </div>
          <div className="row">
            <Sure
              name="export"
              icon="paper"
              question={t.exportSure}
              off={off}
              onYes={() => void onRun({ what: 'export', media }, exported)}
            >
              {t.export}
            </Sure>
            <Push name="import" icon="ok" off={off} onPush={() => void onRun({ what: 'import', media }, imported)}>
              {t.import}
            </Push>
          </div>
        </>
      )}
    </section>
  );
}
