import { type RenewalTrip, renewalCalendar } from '../../../main/contract/renewal.ts';
import type { CheckItem, ScreenOf } from '../../../main/contract/screens.ts';
import { dayText, versionText } from '../../../main/contract/words/dates.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { Notice, type NoticeKind } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { QrCode } from '../../pictures/qr-code.tsx';
import './check-result.css';

const KINDS: Record<CheckItem, NoticeKind> = {
  'set-up-possible': 'ok',
  'set-up-not-possible': 'stop',
  'renew-possible': 'info',
  'renew-needed': 'caution',
  'pin-reset-needed': 'caution',
  'pin-one-try': 'caution',
  'wait-after-renewal': 'info',
  'moved-hint': 'info',
};

/** Said with its dates by the trip, where there is one. */
const RENEWAL_ITEMS: ReadonlySet<CheckItem> = new Set(['renew-possible', 'renew-needed']);

/** From when, which counter, what to bring; and the day for a telephone's calendar. */
function Trip({ trip }: { readonly trip: RenewalTrip }) {
  const { t, plain, language } = usePageContext();
  const days = { from: versionText(language, trip.from), until: versionText(language, trip.until) };
  return (
    <>
      <Notice kind={trip.state === 'over' ? 'caution' : 'info'}>
        {t(`check.trip.${trip.state}`, days)} {t('check.trip.where')}
      </Notice>
      <Notice kind="info">{t(trip.cardToo ? 'check.trip.cardToo' : 'check.trip.card')}</Notice>
      <section className="phone-code calendar">
        <QrCode text={renewalCalendar(trip, plain)} label={plain('check.trip.code')} />
        <p>{t('check.trip.calendar')}</p>
      </section>
    </>
  );
}

/** What this card can do today. Says what was seen, never that a card is valid (invariant 8). */
export function CheckResult({ screen: { facts, items, slip } }: { readonly screen: ScreenOf<'check-result'> }) {
  const { t, rich, language } = usePageContext();
  const possible = items.includes('set-up-possible');
  const { renewal } = facts;
  // The trip comes before the hint that is for few.
  const shown = (item: CheckItem) => item !== 'moved-hint' && (renewal === null || !RENEWAL_ITEMS.has(item));
  const notice = (item: CheckItem) => (
    <Notice key={item} kind={KINDS[item]}>
      {t(`check.items.${item}`)}
    </Notice>
  );
  return (
    <Page
      name="check-result"
      title={t('check.title')}
      layout="reading"
      {...(possible ? { out: 'done' } : {})}
      aside={
        <Facts>
          <Fact name={t('labels.validUntil')}>{rich(dayText(language, facts.notAfter))}</Fact>
          <Fact name={t('labels.triesLeft')}>{t('labels.triesCount', { count: facts.triesLeft })}</Fact>
        </Facts>
      }
      actions={
        <>
          <SlipLine slip={slip} />
          {possible ? (
            <PressButton button="set-up" icon="next" look="primary">
              {t('check.setUp')}
            </PressButton>
          ) : (
            <PressButton button="done" icon="close" look="primary">
              {t('done')}
            </PressButton>
          )}
        </>
      }
    >
      {items.filter(shown).map(notice)}
      {renewal === null ? null : <Trip trip={renewal} />}
      {items.filter((item) => item === 'moved-hint').map(notice)}
      <p className="small">{t('check.note')}</p>
    </Page>
  );
}
