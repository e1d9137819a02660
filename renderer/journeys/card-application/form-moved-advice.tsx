import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** Advice, no refusal. Stopping here is the way out at the bottom; nothing was entered yet. */
export function FormMovedAdvice({ screen: { slip } }: { readonly screen: ScreenOf<'form-moved-advice'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="form-moved-advice"
      progress="form"
      mark={<BigMark name="caution" kind="caution" />}
      title={t('formMovedAdvice.title')}
      back
      actions={
        <>
          <SlipLine slip={slip} />
          <PressButton button="next" icon="next">
            {t('formMovedAdvice.go')}
          </PressButton>
          <PressButton button="home" icon="close" look="primary">
            {t('formMovedAdvice.stop')}
          </PressButton>
        </>
      }
    >
      <p>{t('formMovedAdvice.text')}</p>
      <p>{t('formMovedAdvice.where')}</p>
    </Page>
  );
}
