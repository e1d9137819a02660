import type { ReactNode } from 'react';
import { type PublicLanguage, traitsOf } from '../../main/contract/languages.ts';
import type { Prefs, Snapshot } from '../../main/contract/page-protocol.ts';
import { Icon, type IconName } from '../components/icons.tsx';
import { usePageContext } from '../context/context.tsx';
import { usePress } from '../context/use-press.ts';

interface PrefButtonProps {
  /** What it sets, as in `textSize-2`. */
  readonly pref: string;
  readonly wish: Partial<Prefs>;
  readonly on: boolean;
  readonly name: string;
  readonly lang?: PublicLanguage;
  readonly children: ReactNode;
}

function PrefButton({ pref, wish, on, name, lang, children }: PrefButtonProps) {
  const { intend } = usePageContext();
  const handlers = usePress(() => intend({ type: 'prefs', prefs: wish }));
  return (
    <button type="button" className="tool" data-pref={pref} aria-pressed={on} aria-label={name} lang={lang} {...handlers}>
      {children}
    </button>
  );
}

function Toggle({ icon, ...rest }: PrefButtonProps & { readonly icon: IconName }) {
  return (
    <PrefButton {...rest}>
      <Icon name={rest.on ? 'check' : icon} />
      <span className="label">{rest.children}</span>
    </PrefButton>
  );
}

/** PublicLanguage, text size, contrast, low layout, readings. At the top; in the low layout at the very bottom. */
export function ReadingTools({ snapshot }: { readonly snapshot: Snapshot }) {
  const { t, plain, language } = usePageContext();
  const { prefs, languages } = snapshot;
  const high = prefs.contrast === 'high';
  const low = prefs.height === 'low';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of single buttons, not a form
    <div className="tools" role="group" aria-label={plain('frame.tools')}>
      {languages.length < 2 ? null : (
        <span className="set">
          {languages.map((each) => (
            <PrefButton
              key={each}
              pref={`language-${each}`}
              wish={{ language: each }}
              on={language === each}
              name={traitsOf(each).name}
              lang={each}
            >
              {traitsOf(each).name}
            </PrefButton>
          ))}
        </span>
      )}
      <span className="set sizes">
        {([1, 2, 3] as const).map((size) => (
          <PrefButton
            key={size}
            pref={`textSize-${size}`}
            wish={{ textSize: size }}
            on={prefs.textSize === size}
            name={`${plain('frame.textSize')} ${plain(`frame.textSize${size}`)}`}
          >
            <span className={`size-${size}`}>{plain('frame.letter')}</span>
          </PrefButton>
        ))}
      </span>
      <Toggle
        pref="contrast"
        icon="contrast"
        wish={{ contrast: high ? 'normal' : 'high' }}
        on={high}
        name={plain('frame.contrast')}
      >
        {t('frame.contrast')}
      </Toggle>
      <Toggle pref="height" icon="low" wish={{ height: low ? 'normal' : 'low' }} on={low} name={plain('frame.low')}>
        {t('frame.low')}
      </Toggle>
      {traitsOf(language).readings ? (
        <Toggle pref="ruby" icon="ruby" wish={{ ruby: !prefs.ruby }} on={prefs.ruby} name={plain('frame.ruby')}>
          {t('frame.ruby')}
        </Toggle>
      ) : null}
    </div>
  );
}
