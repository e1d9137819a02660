import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Receipt } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';
import { textOf } from '../../words/texts.ts';

/** The second question. Leaving it as it is is the easy way. */
export function PendingSure({ screen: { receipt, kind } }: { readonly screen: ScreenOf<'pending-sure'> }) {
  const { t, language } = usePageContext();
  return (
    <Page
      name="pending-sure"
      mark={<BigMark name="caution" kind="caution" />}
      title={t('pendingSure.title')}
      actions={
        <>
          <PressButton button="cancel-it" icon="erase">
            {t('pendingSure.yes')}
          </PressButton>
          <PressButton button="back" icon="back" look="primary">
            {t('pendingSure.no')}
          </PressButton>
        </>
      }
    >
      <p>{t('pendingSure.text', { kind: textOf(language, `kinds.${kind}`) })}</p>
      <p>{t('pendingSure.again')}</p>
      <Receipt receipt={receipt} />
    </Page>
  );
}
