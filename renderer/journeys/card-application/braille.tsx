import { Choice } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';

export function Braille() {
  const { t } = usePageContext();
  return (
    <Page
      name="braille"
      layout="choices"
      progress="wanted"
      title={t('braille.title')}
      back
      out="stop"
      actions={
        <>
          <Choice button="no" number={1} icon="card" title={t('braille.no')} text={null} />
          <Choice button="yes" number={2} icon="braille" title={t('braille.yes')} text={null} />
        </>
      }
    >
      <p>{t('braille.text')}</p>
    </Page>
  );
}
