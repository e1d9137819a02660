import { Choice } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';

/** Who has no My Key ID, or does not know, gets one along with the sign-up: one read-back, one PIN. */
export function HasId() {
  const { t } = usePageContext();
  return (
    <Page
      name="has-id"
      layout="choices"
      progress="whose"
      title={t('hasId.title')}
      back
      out="stop"
      actions={
        <>
          <Choice button="yes" number={1} icon="check" title={t('hasId.yes')} text={t('hasId.yesText')} />
          <Choice button="no" number={2} icon="points" title={t('hasId.no')} text={t('hasId.noText')} />
        </>
      }
    >
      <p>{t('hasId.text')}</p>
    </Page>
  );
}
