import { PressButton } from '../components/buttons.tsx';
import { Icon } from '../components/icons.tsx';
import { Page } from '../components/page.tsx';
import { useKit } from '../kit/kit.tsx';
import { CardOnReader } from '../pictures/card-on-reader.tsx';

/** Nobody is here. Says what this terminal can finish and what it cannot (official-flows.md section 0, finding 10). */
export function Attract() {
  const { t, plain } = useKit();
  return (
    <Page
      name="attract"
      title={t('attract.title')}
      picture={<CardOnReader act="put" label={plain('insert.picture')} />}
      shape="front"
      aside={
        <div className="can">
          <section>
            <h2>
              <Icon name="ok" />
              {t('attract.can')}
            </h2>
            <ul>
              <li>{t('attract.canCheck')}</li>
              <li>{t('attract.canSetUp')}</li>
            </ul>
          </section>
          <section>
            <h2>
              <Icon name="stop" />
              {t('attract.cannot')}
            </h2>
            <p>{t('attract.cannotText')}</p>
          </section>
        </div>
      }
      actions={
        <PressButton button="start" icon="next" look="primary">
          {t('attract.start')}
        </PressButton>
      }
    >
      <p>{t('attract.text')}</p>
    </Page>
  );
}
