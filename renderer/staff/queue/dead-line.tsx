import { useState } from 'react';
import type { QueueView, StaffAnswer } from '../../../main/contract/staff.ts';
import { Button, Message } from '../components/basics.tsx';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { useStaff } from '../components/staff-context.tsx';
import type { Run } from './outcome.tsx';

interface DeadLineProps {
  readonly queue: QueueView;
  readonly off: boolean;
  readonly onRun: Run;
}

/** What waits and what is parked leaves on a medium, and the platform's answer comes back on it. */
export function DeadLine({ queue, off, onRun }: DeadLineProps) {
  const { t } = useStaff();
  const [chosen, setChosen] = useState<string | null>(null);
  const media = queue.media.find((name) => name === chosen) ?? queue.media[0];
  const exported = (answer: StaffAnswer) =>
    answer.what === 'exported' && answer.rows > 0
      ? ({ tone: 'ok', text: t('queue.exported', { rows: answer.rows, file: answer.file }) } as const)
      : ({ tone: 'info', text: t('queue.nothingToExport') } as const);
  const imported = (answer: StaffAnswer) => {
    const { settled, again, unknown } = answer.what === 'imported' ? answer : { settled: 0, again: 0, unknown: 0 };
    return { tone: settled > 0 ? 'ok' : 'info', text: t('queue.imported', { settled, again, unknown }) } as const;
  };
  return (
    <section className="stack part" data-dead-line="" aria-label={t('queue.deadLine')}>
      <h2>{t('queue.deadLine')}</h2>
      <p>{t('queue.deadLineText')}</p>
      {media === undefined ? (
        <Message tone="info">{t('queue.noMedia')}</Message>
      ) : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: buttons that switch, as everywhere on this page */}
          <div className="row" role="group" aria-label={t('queue.medium')}>
            {queue.media.map((name) => (
              <Button key={name} name={`medium-${name}`} pressed={name === media} onPress={() => setChosen(name)}>
                {name}
              </Button>
            ))}
          </div>
          <div className="row">
            <ConfirmDialog
              name="export"
              icon="paper"
              question={t('queue.exportSure')}
              off={off}
              onYes={() => void onRun({ what: 'export', media }, exported)}
            >
              {t('queue.export')}
            </ConfirmDialog>
            <Button name="import" icon="ok" off={off} onPress={() => void onRun({ what: 'import', media }, imported)}>
              {t('queue.import')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
