import { useState } from 'react';
import type { SetAsideFile, StaffAnswer } from '../../../main/contract/staff.ts';
import { Button, Failure, Message } from '../components/basics.tsx';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { useStaff } from '../components/staff-context.tsx';
import type { AskFailure } from '../port/connect.ts';
import type { Run } from './outcome.tsx';

interface SetAsideProps {
  readonly off: boolean;
  readonly onRun: Run;
}

/** Files that were set aside: looked at when asked for, since a damaged one takes its time, and saved from. */
export function SetAside({ off, onRun }: SetAsideProps) {
  const { t, ask } = useStaff();
  const [files, setFiles] = useState<readonly SetAsideFile[] | null>(null);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const [looking, setLooking] = useState(false);
  const look = async () => {
    setLooking(true);
    const asked = await ask({ what: 'set-aside' });
    setLooking(false);
    setFailure(asked.ok ? null : asked.error);
    if (asked.ok && asked.answer.what === 'set-aside') setFiles(asked.answer.files);
  };
  const saved = (answer: StaffAnswer) => {
    const { restored, known, receipts, more } =
      answer.what === 'salvaged' ? answer : { restored: 0, known: 0, receipts: [], more: 0 };
    return {
      tone: restored > 0 ? 'ok' : 'info',
      text: t('store.salvaged', { restored, known, unreadable: receipts.length + more }),
    } as const;
  };
  const salvage = async (file: string) => {
    await onRun({ what: 'salvage', file }, saved);
    await look();
  };
  return (
    <section className="stack part" aria-label={t('store.setAside')} aria-busy={looking}>
      <h2>{t('store.setAside')}</h2>
      <p>{t('store.setAsideText')}</p>
      <Failure failure={failure} />
      <div className="row">
        <Button name="set-aside" icon="search" off={off || looking} onPress={() => void look()}>
          {t('store.lookAside')}
        </Button>
      </div>
      {files?.length === 0 ? <Message tone="info">{t('store.noneAside')}</Message> : null}
      {files === null || files.length === 0 ? null : (
        <ul className="stack">
          {files.map(({ name, rows }) => (
            <li key={name} className="item" data-file={name}>
              <div className="words">
                <p>
                  <code>{name}</code>
                </p>
                <p>{rows === null ? t('store.unreadableFile') : t('store.inFile', rows)}</p>
                {rows?.missing === 0 ? <p>{t('store.nothingToSave')}</p> : null}
              </div>
              {rows === null || rows.missing === 0 ? null : (
                <ConfirmDialog
                  name={`salvage-${name}`}
                  icon="ok"
                  question={t('store.salvageSure')}
                  off={off || looking}
                  onYes={() => void salvage(name)}
                >
                  {t('store.salvage', { count: rows.missing })}
                </ConfirmDialog>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
