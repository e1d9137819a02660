import type { Journey, ScreenOf } from '../../main/contract/screens.ts';
import { Choice } from '../components/buttons.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { useKit } from '../kit/kit.tsx';

const WORDS = {
  check: { icon: 'card', title: 'menu.check', text: 'menu.checkText' },
  'set-up': { icon: 'points', title: 'menu.setUp', text: 'menu.setUpText' },
  'sign-up': { icon: 'e-money', title: 'menu.signUp', text: 'menu.signUpText' },
  status: { icon: 'chart', title: 'menu.status', text: 'menu.statusText' },
  municipal: { icon: 'town', title: 'menu.municipal', text: 'menu.municipalText' },
  'card-application': { icon: 'apply', title: 'menu.application', text: 'menu.applicationText' },
  pending: { icon: 'paper', title: 'menu.pending', text: 'menu.pendingText' },
} as const satisfies Record<Journey, object>;

export function Menu({ screen }: { readonly screen: ScreenOf<'menu'> }) {
  const { t } = useKit();
  return (
    <Page
      name="menu"
      title={t('menu.title')}
      {...(screen.can.length > 6
        ? { shape: 'own menu seven' as const }
        : screen.can.length > 2
          ? { shape: 'own menu' as const }
          : {})}
      out="finish"
      actions={screen.can.map((journey, index) => (
        <Choice
          key={journey}
          button={journey}
          number={index + 1}
          icon={WORDS[journey].icon}
          title={t(WORDS[journey].title)}
          text={t(WORDS[journey].text)}
        />
      ))}
    >
      <Notice kind="info">{t(screen.cardPresent ? 'menu.cardPresent' : 'menu.cardAbsent')}</Notice>
    </Page>
  );
}
