import { PressButton } from '../components/buttons.tsx';
import { Icon } from '../components/icons.tsx';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { BigMark } from '../pictures/big-mark.tsx';

/** Helper mode: between the helper's reading and the holder's. */
export function HandOver() {
  const { t } = usePageContext();
  return (
    <Page
      name="hand-over"
      progress="check"
      mark={<BigMark name="person" kind="info" />}
      title={t('handOver.title')}
      back
      out="stop"
      actions={
        <PressButton button="next" icon="next" look="primary">
          {t('handOver.next')}
        </PressButton>
      }
    >
      <p className="next-step">
        <Icon name="next" />
        <span>{t('handOver.text')}</span>
      </p>
      <p>{t('handOver.after')}</p>
    </Page>
  );
}
