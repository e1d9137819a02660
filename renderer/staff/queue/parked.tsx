import type { ParkedFilter, QueueView } from '../../../main/contract/staff.ts';
import { SubmissionKind } from '../../../main/contract/submission.ts';
import { stampIn } from '../../../main/contract/words/formats.ts';
import { Button } from '../components/basics.tsx';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { useStaff } from '../components/staff-context.tsx';
import type { StaffText } from '../words/texts.ts';
import { codeInWords, type Run } from './outcome.tsx';
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
  const { t } = useStaff();
  if (queue.counts.parked === 0) return <p>{t('queue.noParked')}</p>;
  const shown = queue.parked.length;
  return (
    <>
      <Choices queue={queue} filter={filter} onFilter={onFilter} />
      {shown === 0 ? (
        <p>{t('store.noneChosen')}</p>
      ) : (
        <p data-shown={shown}>{t('store.shown', { shown, all: queue.counts.parked })}</p>
      )}
      {shown === 0 ? null : (
        <div className="row">
          <ConfirmDialog
            name="release-all"
            icon="online"
            question={t('store.releaseAllSure')}
            off={off}
            onYes={() =>
              void onRun({ what: 'release-all', parked: filter }, (answer) => ({
                tone: 'ok',
                text: releasedText(t, answer.what === 'released' ? answer.rows : 0),
              }))
            }
          >
            {t('store.releaseAll')}
          </ConfirmDialog>
        </div>
      )}
      <Rows queue={queue} off={off} onRun={onRun} />
    </>
  );
}

/** null: so many that the core goes on by itself. */
const releasedText = (t: StaffText, rows: number | null): string =>
  rows === null ? t('store.releasing') : t('store.releasedAll', { count: rows });

function Choices({ queue, filter, onFilter }: Pick<ParkedProps, 'queue' | 'filter' | 'onFilter'>) {
  const { t } = useStaff();
  const reasons = [
    { reason: null, text: t('store.allReasons') },
    ...queue.parkedReasons.map(({ reason, count }) => ({ reason, text: `${codeInWords(t, reason)} (${count})` })),
  ];
  const kinds = [
    { kind: null, text: t('store.allKinds') },
    // A question is never queued.
    ...SubmissionKind.options.flatMap((kind) => (kind === 'status' ? [] : [{ kind, text: t(`journey.${kind}`) }])),
  ];
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that switch, as everywhere on this page */}
      <div className="row choices" role="group" aria-label={t('store.byReason')}>
        {reasons.map(({ reason, text }) => (
          <Button
            key={reason ?? ''}
            name={`reason-${reason ?? 'any'}`}
            pressed={reason === filter.reason}
            onPress={() => onFilter({ ...filter, reason })}
          >
            {text}
          </Button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div className="row choices" role="group" aria-label={t('store.byKind')}>
        {kinds.map(({ kind, text }) => (
          <Button
            key={kind ?? ''}
            name={`kind-${kind ?? 'any'}`}
            pressed={kind === filter.kind}
            onPress={() => onFilter({ ...filter, kind })}
          >
            {text}
          </Button>
        ))}
      </div>
    </>
  );
}

function Rows({ queue, off, onRun }: Pick<ParkedProps, 'queue' | 'off' | 'onRun'>) {
  const { t, language } = useStaff();
  return (
    <ul className="stack">
      {queue.parked.map(({ id, receipt, kind, at, attempts, reason }) => (
        <li key={id} className="item" data-parked={receipt}>
          <RowFacts
            receipt={receipt}
            kind={kind}
            attempts={attempts}
            more={[
              [t('queue.since'), stampIn(language, at)],
              [t('queue.reason'), codeInWords(t, reason)],
            ]}
          />
          <ConfirmDialog
            name={`release-${receipt}`}
            icon="online"
            question={t('queue.releaseSure')}
            off={off}
            onYes={() => void onRun({ what: 'release', row: id }, () => ({ tone: 'ok', text: t('queue.released') }))}
          >
            {t('queue.release')}
          </ConfirmDialog>
        </li>
      ))}
    </ul>
  );
}
