import type { ScreenOf } from '../../../main/contract/screens.ts';
import { dayAndTimeText } from '../../../main/contract/words/dates.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { Icon, type IconName } from '../../components/icons.tsx';
import { Receipt } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

type Row = ScreenOf<'receipt-state'>;
const MARKS: Record<Row['state'], { readonly name: IconName; readonly kind: 'ok' | 'info' | 'caution' | 'stop' }> = {
  waiting: { name: 'clock', kind: 'info' },
  sent: { name: 'online', kind: 'info' },
  accepted: { name: 'ok', kind: 'ok' },
  refused: { name: 'stop', kind: 'stop' },
  parked: { name: 'caution', kind: 'caution' },
  cancelled: { name: 'close', kind: 'info' },
  lost: { name: 'stop', kind: 'stop' },
};

/** What became of a receipt: the state in words, and the only moment in which it can be cancelled. */
export function ReceiptState({ screen: { receipt, kind, at, state, code } }: { readonly screen: Row }) {
  const { t, rich, language } = usePageContext();
  const application = kind === 'card-application';
  const text =
    application && state === 'accepted'
      ? 'receiptState.acceptedApplication'
      : application && state === 'refused'
        ? 'receiptState.refusedApplication'
        : application && state === 'lost'
          ? 'receiptState.lostApplication'
          : (`receiptState.text.${state}` as const);
  return (
    <Page
      name="receipt-state"
      mark={<BigMark {...MARKS[state]} />}
      title={t(`receiptState.title.${state}`)}
      back
      {...(state === 'lost' ? { aside: <TellStaff receipt={receipt} /> } : {})}
      actions={
        <>
          {state === 'waiting' ? (
            <PressButton button="cancel-it" icon="erase">
              {t('receiptState.cancel')}
            </PressButton>
          ) : null}
          {application && state === 'accepted' ? (
            <PressButton button="status" icon="chart">
              {t('receiptState.status')}
            </PressButton>
          ) : null}
          <PressButton button="done" icon="check" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      {code === null ? (
        <p>{t(text)}</p>
      ) : (
        <>
          <p>{t(`refused.${code}.text`)}</p>
          <p className="next-step">
            <Icon name="next" />
            <span>{t(`refused.${code}.next`)}</span>
          </p>
        </>
      )}
      {at === null ? null : (
        <Facts>
          <Fact name={t('receiptState.kind')}>{t(`kinds.${kind}`)}</Fact>
          <Fact name={t('received.at')}>{rich(dayAndTimeText(language, at))}</Fact>
        </Facts>
      )}
      {state === 'lost' ? null : <Receipt receipt={receipt} />}
    </Page>
  );
}

/** What to say to staff, and the number to say, both in sight at once. */
function TellStaff({ receipt }: Pick<Row, 'receipt'>) {
  const { t } = usePageContext();
  return (
    <>
      <Receipt receipt={receipt} />
      <p className="next-step">
        <Icon name="next" />
        <span>{t('receiptState.lostNext')}</span>
      </p>
    </>
  );
}
