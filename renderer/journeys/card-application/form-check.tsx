import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { FormNumber } from '../../components/form-number.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';

/** Typed digits against the paper, in the rows that are printed there: a wrong one would be somebody else's form. */
export function FormCheck({ screen: { form } }: { readonly screen: ScreenOf<'form-check'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="form-check"
      progress="form"
      title={t('formCheck.title')}
      back
      out="stop"
      aside={<FormNumber form={form} large />}
      actions={
        <PressButton button="confirm" icon="check" look="primary">
          {t('formCheck.yes')}
        </PressButton>
      }
    >
      <p>{t('formCheck.text')}</p>
    </Page>
  );
}
