import type { CheckItem, ScreenOf } from '../../main/contract/screens.ts';
import { PressButton } from '../components/buttons.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { Notice, type NoticeKind } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { SlipLine } from '../components/slip-line.tsx';
import { useKit } from '../kit/kit.tsx';
import { dayText } from '../strings/dates.ts';

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

/** What this card can do today. Says what was seen, never that a card is valid (invariant 8). */
export function CheckResult({ screen: { facts, items, slip } }: { readonly screen: ScreenOf<'check-result'> }) {
  const { t, mark, language } = useKit();
  const possible = items.includes('set-up-possible');
  return (
    <Page
      name="check-result"
      title={t('check.title')}
      shape="wide"
      {...(possible ? { out: 'done' } : {})}
      aside={
        <Facts>
          <Fact name={t('labels.validUntil')}>{mark(dayText(language, facts.notAfter))}</Fact>
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
      {items.map((item) => (
        <Notice key={item} kind={KINDS[item]}>
          {t(`check.items.${item}`)}
        </Notice>
      ))}
      <p className="small">{t('check.note')}</p>
    </Page>
  );
}
