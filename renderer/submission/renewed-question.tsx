import type { ScreenOf } from '../../main/contract/screens.ts';
import { dayText } from '../../main/contract/words/dates.ts';
import { PressButton } from '../components/buttons.tsx';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';

/** A certificate younger than two days may not be known to the platform yet (SOURCES.md, Set-up: states of a card). */
export function RenewedQuestion({ screen }: { readonly screen: ScreenOf<'renewed-question'> }) {
  const { t, language } = usePageContext();
  return (
    <Page
      name="renewed-question"
      progress="card"
      title={t('renewed.title')}
      out="stop"
      actions={
        <>
          <PressButton button="yes" icon="check">
            {t('renewed.yes')}
          </PressButton>
          <PressButton button="no" icon="close">
            {t('renewed.no')}
          </PressButton>
        </>
      }
    >
      <p>{t('renewed.text', { date: dayText(language, screen.facts.notBefore) })}</p>
    </Page>
  );
}
