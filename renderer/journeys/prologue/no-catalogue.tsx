import { PressButton } from '../../components/buttons.tsx';
import { Icon } from '../../components/icons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** Nothing to choose from: said before anything is asked. */
export function NoCatalogue() {
  const { t } = usePageContext();
  return (
    <Page
      name="no-catalogue"
      mark={<BigMark name="stop" kind="stop" />}
      title={t('noCatalogue.title')}
      back
      actions={
        <PressButton button="done" icon="close" look="primary">
          {t('done')}
        </PressButton>
      }
    >
      <p>{t('noCatalogue.text')}</p>
      <p className="next-step">
        <Icon name="next" />
        <span>{t('noCatalogue.next')}</span>
      </p>
    </Page>
  );
}
