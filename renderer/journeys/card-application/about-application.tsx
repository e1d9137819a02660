import { PressButton } from '../../components/buttons.tsx';
import { Icon } from '../../components/icons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';

/** What it is, what is needed, what becomes of what is entered. Nothing personal yet: no form has been read. */
export function AboutApplication() {
  const { t } = usePageContext();
  return (
    <Page
      name="about-application"
      progress="form"
      title={t('aboutApplication.title')}
      back
      out="finish"
      aside={
        <section className="requirements">
          <h2>{t('aboutApplication.bring')}</h2>
          <p className="thing">
            <Icon name="form" />
            <span>{t('aboutApplication.form')}</span>
          </p>
        </section>
      }
      actions={
        <>
          <PressButton button="no-form" icon="form">
            {t('aboutApplication.noForm')}
          </PressButton>
          <PressButton button="next" icon="next" look="primary">
            {t('next')}
          </PressButton>
        </>
      }
    >
      <ul className="bullets">
        <li>{t('aboutApplication.who')}</li>
        <li>{t('aboutApplication.how')}</li>
        <li>{t('aboutApplication.time')}</li>
        <li>{t('aboutApplication.use')}</li>
      </ul>
    </Page>
  );
}
