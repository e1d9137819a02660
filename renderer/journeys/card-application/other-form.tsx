import { PressButton } from '../../components/buttons.tsx';
import { Icon } from '../../components/icons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** Two people must never be mixed: another form ends everything, and nothing of it was kept. */
export function OtherForm() {
  const { t } = usePageContext();
  return (
    <Page
      name="other-form"
      progress="reread"
      mark={<BigMark name="stop" kind="stop" />}
      title={t('otherForm.title')}
      actions={
        <PressButton button="done" icon="close" look="primary">
          {t('done')}
        </PressButton>
      }
    >
      <p>{t('otherForm.text')}</p>
      <p>{t('otherForm.nothing')}</p>
      <p className="next-step">
        <Icon name="next" />
        <span>{t('otherForm.next')}</span>
      </p>
    </Page>
  );
}
