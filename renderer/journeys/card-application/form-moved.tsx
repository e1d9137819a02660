import { Choice } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';

/**
 * Moved or renamed since the form was printed? The sources disagree on what becomes of such a form (SOURCES.md, Card
 * application: routes and form): we ask.
 */
export function FormMoved() {
  const { t } = usePageContext();
  return (
    <Page
      name="form-moved"
      layout="choices"
      progress="form"
      title={t('formMoved.title')}
      back
      out="stop"
      actions={
        <>
          <Choice button="no" number={1} icon="ok" title={t('formMoved.same')} text={t('formMoved.sameText')} />
          <Choice button="yes" number={2} icon="migration" title={t('formMoved.changed')} text={t('formMoved.changedText')} />
        </>
      }
    >
      <p>{t('formMoved.text')}</p>
    </Page>
  );
}
