import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Receipt } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';
import { textOf } from '../../words/texts.ts';

/** The second question. Leaving it as it is is the easy way. */
export function ReceiptCancel({ screen: { receipt, kind } }: { readonly screen: ScreenOf<'receipt-cancel'> }) {
  const { t, language } = usePageContext();
  return (
    <Page
      name="receipt-cancel"
      mark={<BigMark name="caution" kind="caution" />}
      title={t('receiptCancel.title')}
      actions={
        <>
          <PressButton button="cancel-it" icon="erase">
            {t('receiptCancel.yes')}
          </PressButton>
          <PressButton button="back" icon="back" look="primary">
            {t('receiptCancel.no')}
          </PressButton>
        </>
      }
    >
      <p>{t('receiptCancel.text', { kind: textOf(language, `kinds.${kind}`) })}</p>
      <p>{t('receiptCancel.again')}</p>
      <Receipt receipt={receipt} />
    </Page>
  );
}
