import type { ApplicationState } from '../../../main/contract/application.ts';
import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Icon, type IconName } from '../../components/icons.tsx';
import { Receipt } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';
import './application-status.css';

const MARKS: Record<
  ApplicationState['state'] | 'unknown',
  { readonly name: IconName; readonly kind: 'ok' | 'info' | 'caution' }
> = {
  unknown: { name: 'offline', kind: 'caution' },
  received: { name: 'paper', kind: 'info' },
  checking: { name: 'search', kind: 'info' },
  making: { name: 'card', kind: 'info' },
  sent: { name: 'ok', kind: 'ok' },
  returned: { name: 'caution', kind: 'caution' },
};
const STEPS = ['received', 'checking', 'making', 'sent'] as const;

/** How far the card is, by receipt number: names nobody. */
export function ApplicationStatus({ screen }: { readonly screen: ScreenOf<'application-status'> }) {
  const { t } = usePageContext();
  const { receipt, application, slip } = screen;
  const state = application?.state ?? 'unknown';
  return (
    <Page
      name="application-status"
      mark={<BigMark {...MARKS[state]} />}
      title={t(`applicationStatus.title.${state}`)}
      back
      aside={application === null || application.state === 'returned' ? undefined : <Steps at={application.state} />}
      actions={
        <>
          <SlipLine slip={slip} receipt={receipt} />
          <PressButton button="done" icon="check" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      <p>{t(`applicationStatus.text.${state}`)}</p>
      {application?.state !== 'returned' ? null : (
        <ul className="bullets">
          {application.reasons.map((reason) => (
            <li key={reason}>{t(`applicationStatus.reasons.${reason}`)}</li>
          ))}
        </ul>
      )}
      <Receipt receipt={receipt} />
    </Page>
  );
}

/** Four steps, told by tick, arrow and word. */
function Steps({ at }: { readonly at: (typeof STEPS)[number] }) {
  const { t, plain } = usePageContext();
  const now = STEPS.indexOf(at);
  return (
    <ol className="card-steps" aria-label={plain('applicationStatus.steps')}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          className={index < now ? 'past' : index === now ? 'now' : 'ahead'}
          aria-current={index === now ? 'step' : undefined}
        >
          <Icon name={index < now ? 'check' : index === now ? (at === 'sent' ? 'check' : 'next') : 'clock'} />
          <span>{t(`applicationStatus.stepNames.${step}`)}</span>
        </li>
      ))}
    </ol>
  );
}
