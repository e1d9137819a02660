import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Icon } from '../../components/icons.tsx';
import { Receipt } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** Not the end: what was chosen and typed stays, only the terms are read again. */
export function TermsChanged({ screen: { receipt, slip } }: { readonly screen: ScreenOf<'terms-changed'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="terms-changed"
      progress="result"
      mark={<BigMark name="caution" kind="caution" />}
      title={t('termsChanged.title')}
      out="done"
      actions={
        <>
          <SlipLine slip={slip} />
          <PressButton button="next" icon="paper" look="primary">
            {t('termsChanged.go')}
          </PressButton>
        </>
      }
    >
      <p>{t('termsChanged.text')}</p>
      <p className="next-step">
        <Icon name="next" />
        <span>{t('termsChanged.next')}</span>
      </p>
      <Receipt receipt={receipt} />
    </Page>
  );
}
