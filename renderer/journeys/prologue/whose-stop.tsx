import { PressButton } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

export function WhoseStop() {
  const { t } = usePageContext();
  return (
    <Page
      name="whose-stop"
      progress="whose"
      mark={<BigMark name="stop" kind="stop" />}
      title={t('whoseStop.title')}
      actions={
        <>
          <PressButton button="back" icon="back">
            {t('whoseStop.again')}
          </PressButton>
          <PressButton button="done" icon="close" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      <p>{t('whoseStop.text')}</p>
      <p>{t('whoseStop.help')}</p>
    </Page>
  );
}
