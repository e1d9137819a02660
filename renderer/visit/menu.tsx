import type { ScreenOf } from '../../main/contract/screens.ts';
import { Choice } from '../components/buttons.tsx';
import { JOURNEY_WORDS } from '../components/journey-words.ts';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import './menu.css';

export function Menu({ screen }: { readonly screen: ScreenOf<'menu'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="menu"
      title={t('menu.title')}
      layout={screen.can.length > 2 ? 'menu' : 'choices'}
      out="finish"
      actions={screen.can.map((journey, index) => (
        <Choice
          key={journey}
          button={journey}
          number={index + 1}
          icon={JOURNEY_WORDS[journey].icon}
          title={t(JOURNEY_WORDS[journey].title)}
          text={t(JOURNEY_WORDS[journey].text)}
        />
      ))}
    >
      <Notice kind="info">{t(screen.cardPresent ? 'menu.cardPresent' : 'menu.cardAbsent')}</Notice>
    </Page>
  );
}
