import { formatReceipt } from '../../../main/contract/receipt.ts';
import type { FindingCode, QueueVerdict, QueueView } from '../../../main/contract/staff.ts';
import { stampIn } from '../../../main/contract/words/formats.ts';
import { Icon, type IconName } from '../../components/icons.tsx';
import { Button, Message, type Tone } from '../components/basics.tsx';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { useStaff } from '../components/staff-context.tsx';
import type { Run } from './outcome.tsx';

interface StoreCareProps {
  readonly queue: QueueView;
  readonly off: boolean;
  readonly onRun: Run;
}

const VERDICT_TONE: Record<QueueVerdict['state'], Tone> = {
  running: 'info',
  'put-off': 'caution',
  good: 'ok',
  repaired: 'caution',
  damaged: 'stop',
};
/** A row that came back is good news; one that is gone needs somebody. */
const findingTone = (what: FindingCode): Tone & IconName =>
  what === 'row-lost' ? 'stop' : what === 'row-restored' || what === 'salvaged' ? 'info' : 'caution';

/** What was noticed about the two copies of the queue, by receipt, and the check of every row. */
export function StoreCare({ queue, off, onRun }: StoreCareProps) {
  const { t, language, role } = useStaff();
  const { findings, verdict } = queue;
  return (
    <>
      {findings.length === 0 ? null : (
        <section className="stack" aria-label={t('store.findings')}>
          <h2>{t('store.findings')}</h2>
          <ul className="stack">
            {findings.map(({ at, what, receipts, more }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two of a kind may stand in the same millisecond
              <li key={`${at}-${index}`} className={`item ${findingTone(what)}`} data-finding={what}>
                <Icon name={findingTone(what)} />
                <div>
                  <p>
                    <time>{stampIn(language, at)}</time> {t(`store.finding.${what}`)}
                  </p>
                  {receipts.length === 0 ? null : (
                    <p>
                      {t('store.receipts')}
                      <code>{receipts.map(formatReceipt).join(', ')}</code>
                      {more === 0 ? null : ` ${t('store.more', { count: more })}`}
                    </p>
                  )}
                </div>
              </li>
            ))}
          </ul>
          {role === 'engineer' ? (
            <ConfirmDialog
              name="seen-findings"
              icon="ok"
              question={t('store.seenSure')}
              off={off}
              onYes={() => void onRun({ what: 'seen-findings' }, () => ({ tone: 'ok', text: t('store.seenDone') }))}
            >
              {t('store.seen')}
            </ConfirmDialog>
          ) : null}
        </section>
      )}
      <h2>{t('store.copies')}</h2>
      <div data-verdict={verdict.state}>
        <Message tone={verdict.state === 'good' && verdict.at === null ? 'info' : VERDICT_TONE[verdict.state]}>
          <strong>
            {verdict.state === 'good' && verdict.at === null
              ? t('store.neverChecked')
              : t(`store.verdict.${verdict.state}`, { wrong: verdict.wrong })}
          </strong>
          {verdict.at === null ? null : (
            <span>
              {t('store.checkedAt')}
              {stampIn(language, verdict.at)}
            </span>
          )}
          {verdict.checked === 0 ? null : <span>{t('store.checked', { count: verdict.checked })}</span>}
        </Message>
      </div>
      <div className="row">
        <Button
          icon="search"
          name="check-queue"
          off={off || verdict.state === 'running'}
          onPress={() => void onRun({ what: 'check-queue' }, () => ({ tone: 'info', text: t('store.checkStarted') }))}
        >
          {t('store.check')}
        </Button>
      </div>
    </>
  );
}
