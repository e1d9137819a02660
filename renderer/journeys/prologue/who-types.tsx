import { Choice } from '../../components/buttons.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';

/** Helper mode is declared here: what is signed says so, and the holder reads everything back once more. */
export function WhoTypes() {
  const { t } = usePageContext();
  return (
    <Page
      name="who-types"
      layout="choices"
      progress="whose"
      title={t('whoTypes.title')}
      back
      out="stop"
      actions={
        <>
          <Choice button="holder" number={1} icon="person" title={t('whoTypes.holder')} text={t('whoTypes.holderText')} />
          <Choice button="helper" number={2} icon="others" title={t('whoTypes.helper')} text={t('whoTypes.helperText')} />
        </>
      }
    >
      <Notice kind="info">{t('whoTypes.note')}</Notice>
    </Page>
  );
}
