import { PressButton } from '../components/buttons.tsx';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { BigMark } from '../pictures/big-mark.tsx';

/** One try left. Stopping is the easy way, and there is one of it; going on takes a choice of its own. */
export function PinLastTry() {
  const { t } = usePageContext();
  return (
    <Page
      name="pin-last-try"
      progress="pin"
      mark={<BigMark name="caution" kind="caution" />}
      title={t('lastTry.title')}
      actions={
        <>
          <PressButton button="try-again" icon="next">
            {t('lastTry.go')}
          </PressButton>
          <PressButton button="stop" icon="close" look="primary">
            {t('lastTry.stop')}
          </PressButton>
        </>
      }
    >
      <p>{t('lastTry.text')}</p>
      <p>{t('lastTry.advice')}</p>
    </Page>
  );
}
