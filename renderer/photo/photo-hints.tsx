import type { PhotoHint } from '../../main/contract/application.ts';
import { Icon, type IconName } from '../components/icons.tsx';
import { usePageContext } from '../context/context.tsx';

const ICONS = {
  'no-face': 'person',
  'two-faces': 'others',
  'off-centre': 'centre',
  'too-small': 'nearer',
  'too-large': 'farther',
  tilted: 'tilt',
  turned: 'turn',
  'eyes-hidden': 'eye',
  background: 'wall',
  'too-dark': 'dark',
  'too-bright': 'bright',
  glare: 'glasses',
  blurred: 'still',
} as const satisfies Record<PhotoHint, IconName>;

/** As many as can be acted on at once. */
const MOST = 3;

/** What could be better, the most important first: an icon and a wish, never a fault of the person. */
export function PhotoHints({ hints }: { readonly hints: readonly PhotoHint[] }) {
  const { t } = usePageContext();
  return (
    <ul className="photo-hints">
      {hints.slice(0, MOST).map((hint) => (
        <li key={hint} data-hint={hint}>
          <Icon name={ICONS[hint]} />
          <span>{t(`photo.hints.${hint}`)}</span>
        </li>
      ))}
    </ul>
  );
}
