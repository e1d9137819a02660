import type { ScreenOf } from '../../main/contract/screens.ts';
import { Choice } from '../components/buttons.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { journeyPages } from '../journeys/registry.ts';
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
          icon={journeyPages[journey].icon}
          title={t(journeyPages[journey].title)}
          text={t(journeyPages[journey].text)}
        />
      ))}
    >
      <Notice kind="info">{t(screen.cardPresent ? 'menu.cardPresent' : 'menu.cardAbsent')}</Notice>
    </Page>
  );
}
