import { PressButton } from '../../components/buttons.tsx';
import { Icon } from '../../components/icons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import './about-set-up.css';

/** What it is, what it is not, what is needed: before anything is asked. */
export function AboutSetUp() {
  const { t } = usePageContext();
  return (
    <Page
      name="about-set-up"
      progress="about"
      title={t('about.title')}
      back
      out="stop"
      aside={
        <section className="requirements">
          <h2>{t('about.bring')}</h2>
          <p className="thing">
            <Icon name="card" />
            <span>{t('about.bringCard')}</span>
          </p>
          <p className="thing">
            <span className="pin-dots" aria-hidden="true">
              <i />
              <i />
              <i />
              <i />
            </span>
            <span>
              {t('about.bringPin')}
              <small>{t('about.bringPinText')}</small>
            </span>
          </p>
        </section>
      }
      actions={
        <>
          <PressButton button="next" icon="others">
            {t('about.others')}
          </PressButton>
          <PressButton button="self" icon="person" look="primary">
            {t('about.own')}
          </PressButton>
        </>
      }
    >
      <ul className="bullets">
        <li>{t('about.what')}</li>
        <li>{t('about.id')}</li>
        <li>{t('about.notMyNumber')}</li>
        <li>{t('about.notRead')}</li>
      </ul>
    </Page>
  );
}
