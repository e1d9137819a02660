import type { ParkedFilter, QueueView } from '../../../main/contract/staff.ts';
import { SubmissionKind } from '../../../main/contract/submission.ts';
import { useStaff } from '../kit/kit.tsx';
import { Button } from '../kit/parts.tsx';
import { ConfirmDialog } from '../kit/sure.tsx';
import { OPS_WORDS } from '../strings/ops-words.ts';
import { QUEUE_WORDS } from '../strings/queue-words.ts';
import { codeInWords, type Run, timeOf } from './outcome.tsx';
import { RowFacts } from './row-card.tsx';

interface ParkedProps {
  readonly queue: QueueView;
  readonly filter: ParkedFilter;
  readonly off: boolean;
  readonly onFilter: (filter: ParkedFilter) => void;
  readonly onRun: Run;
}

/** What is parked: chosen by reason and by kind, let go one by one or all of a choice. */
export function Parked({ queue, filter, off, onFilter, onRun }: ParkedProps) {
  const { language } = useStaff();
  const t = OPS_WORDS[language].queue;
  const own = QUEUE_WORDS[language];
  if (queue.counts.parked === 0) return <p>{t.noParked}</p>;
  const shown = queue.parked.length;
  return (
    <>
      <Choices queue={queue} filter={filter} onFilter={onFilter} />
      {shown === 0 ? <p>{own.noneChosen}</p> : <p data-shown={shown}>{own.shown(shown, queue.counts.parked)}</p>}
      {shown === 0 ? null : (
        <div className="row">
          <ConfirmDialog
            name="release-all"
            icon="online"
            question={own.releaseAllSure}
            off={off}
            onYes={() =>
              void onRun({ what: 'release-all', parked: filter }, (answer) => ({
                tone: 'ok',
                text: own.releasedAll(answer.what === 'released' ? answer.rows : 0),
              }))
            }
          >
            {own.releaseAll}
          </ConfirmDialog>
        </div>
      )}
      <Rows queue={queue} off={off} onRun={onRun} />
    </>
  );
}

function Choices({ queue, filter, onFilter }: Pick<ParkedProps, 'queue' | 'filter' | 'onFilter'>) {
  const { words, language } = useStaff();
  const t = OPS_WORDS[language].queue;
  const own = QUEUE_WORDS[language];
  const reasons = [
    { reason: null, text: own.allReasons },
    ...queue.parkedReasons.map(({ reason, count }) => ({ reason, text: `${codeInWords(t, words, reason)} (${count})` })),
  ];
  const kinds = [
    { kind: null, text: own.allKinds },
    // A question is never queued.
    ...SubmissionKind.options.flatMap((kind) => (kind === 'status' ? [] : [{ kind, text: words.journeys[kind] }])),
  ];
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that switch, as everywhere on this page */}
      <div className="row choices" role="group" aria-label={own.byReason}>
        {reasons.map(({ reason, text }) => (
          <Button
            key={reason ?? ''}
            name={`reason-${reason ?? 'any'}`}
            pressed={reason === filter.reason}
            onPush={() => onFilter({ ...filter, reason })}
          >
            {text}
          </Button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div className="row choices" role="group" aria-label={own.byKind}>
        {kinds.map(({ kind, text }) => (
          <Button
            key={kind ?? ''}
            name={`kind-${kind ?? 'any'}`}
            pressed={kind === filter.kind}
            onPush={() => onFilter({ ...filter, kind })}
          >
            {text}
          </Button>
        ))}
      </div>
    </>
  );
}

function Rows({ queue, off, onRun }: Pick<ParkedProps, 'queue' | 'off' | 'onRun'>) {
  const { words, language } = useStaff();
  const t = OPS_WORDS[language].queue;
  return (
    <ul className="parked">
      {queue.parked.map(({ id, receipt, kind, at, attempts, reason }) => (
        <li key={id} data-parked={receipt}>
          <RowFacts
            receipt={receipt}
            kind={kind}
            attempts={attempts}
            more={[
              [t.since, timeOf(at)],
              [t.reason, codeInWords(t, words, reason)],
            ]}
          />
          <ConfirmDialog
            name={`release-${receipt}`}
            icon="online"
            question={t.releaseSure}
            off={off}
            onYes={() => void onRun({ what: 'release', row: id }, () => ({ tone: 'ok', text: t.released }))}
          >
            {t.release}
          </ConfirmDialog>
        </li>
      ))}
    </ul>
  );
}
