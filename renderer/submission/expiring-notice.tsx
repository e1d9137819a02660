import type { ScreenOf } from '../../main/contract/screens.ts';
import { dayText } from '../../main/contract/words/dates.ts';
import { PressButton } from '../components/buttons.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { BigMark } from '../pictures/big-mark.tsx';

export function ExpiringNotice({ screen }: { readonly screen: ScreenOf<'expiring-notice'> }) {
  const { t, language } = usePageContext();
  return (
    <Page
      name="expiring-notice"
      progress="card"
      mark={<BigMark name="clock" kind="info" />}
      title={t('expiring.title')}
      out="stop"
      actions={
        <PressButton button="next" icon="next" look="primary">
          {t('expiring.next')}
        </PressButton>
      }
    >
      <p>{t('expiring.text', { date: dayText(language, screen.facts.notAfter) })}</p>
      <Notice kind="ok">{t('expiring.today')}</Notice>
      <Notice kind="info">{t('expiring.renew')}</Notice>
    </Page>
  );
}
