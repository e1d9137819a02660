import { Choice } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';

/** E-mail, telephone, or neither: all three lead on. */
export function ContactKind() {
  const { t } = usePageContext();
  return (
    <Page
      name="contact-kind"
      layout="choices"
      progress="contact"
      title={t('contact.title')}
      back
      out="stop"
      actions={
        <>
          <Choice button="email" number={1} icon="mail" title={t('contact.email')} text={t('contact.emailText')} />
          <Choice button="phone" number={2} icon="phone" title={t('contact.phone')} text={t('contact.phoneText')} />
          <Choice button="none" number={3} icon="post" title={t('contact.none')} text={t('contact.noneText')} />
        </>
      }
    >
      <p>{t('contact.text')}</p>
    </Page>
  );
}
