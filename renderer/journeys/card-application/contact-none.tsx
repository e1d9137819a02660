import { PressButton } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** Who has neither e-mail nor telephone hears of it all the same. */
export function ContactNone() {
  const { t } = usePageContext();
  return (
    <Page
      name="contact-none"
      progress="contact"
      mark={<BigMark name="post" kind="info" />}
      title={t('contactNone.title')}
      back
      out="stop"
      actions={
        <PressButton button="next" icon="next" look="primary">
          {t('next')}
        </PressButton>
      }
    >
      <ul className="bullets">
        <li>{t('contactNone.card')}</li>
        <li>{t('contactNone.trouble')}</li>
        <li>{t('contactNone.check')}</li>
      </ul>
    </Page>
  );
}
