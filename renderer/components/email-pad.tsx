import { useState } from 'react';
import { usePageContext } from '../context/context.tsx';
import { usePress } from '../context/use-press.ts';
import { Edits, Keyboard, keepFocus, type PadProps, TypeKey } from './keyboard.tsx';

/** What most addresses in Japan end with; one touch types all of it. */
const ENDINGS = ['@gmail.com', '@docomo.ne.jp', '@au.com', '@softbank.ne.jp', '@icloud.com', '@yahoo.co.jp'] as const;

const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl-', 'zxcvbnm_.@'] as const;
const NAMES = { '@': 'contact.at', '.': 'contact.dot', '-': 'contact.hyphen', _: 'contact.underscore' } as const;
/** Rare in addresses, but allowed. */
const MORE = ['+', '/', '!', '#', '$', '%', '&', "'", '*', '=', '?', '^', '`', '{', '|', '}', '~'] as const;

const isNamed = (sign: string): sign is keyof typeof NAMES => Object.hasOwn(NAMES, sign);

/** One touch, several signs: they go out one by one, as if they had been typed. */
function EndingKey({ ending }: { readonly ending: string }) {
  const { intend, step } = usePageContext();
  const handlers = usePress(() => {
    for (const key of ending) intend({ type: 'type', step, key });
  }, true);
  return (
    <button type="button" className="key ending" data-ending={ending} {...keepFocus} {...handlers}>
      <span className="label">{ending}</span>
    </button>
  );
}

/** For addresses: small letters as on a typewriter, digits, the four signs that addresses have, and common endings. */
export function EmailPad(props: PadProps) {
  const { t, plain } = usePageContext();
  const [more, setMore] = useState(false);
  const change = usePress(() => setMore(!more));
  return (
    <Keyboard look="letters email">
      {/* biome-ignore lint/a11y/useSemanticElements: a group of single buttons, not a form */}
      <div className="endings" role="group" aria-label={plain('contact.endings')}>
        {ENDINGS.map((ending) => (
          <EndingKey key={ending} ending={ending} />
        ))}
      </div>
      <div className="rows">
        {more ? (
          <div className="signs rare">
            {MORE.map((sign) => (
              <TypeKey key={sign} sign={sign} />
            ))}
          </div>
        ) : (
          ROWS.map((row) => (
            <div key={row} className="signs">
              {[...row].map((sign) => (
                <TypeKey key={sign} sign={sign} {...(isNamed(sign) ? { name: plain(NAMES[sign]) } : {})} />
              ))}
            </div>
          ))
        )}
      </div>
      <div className="tail">
        <button type="button" className="key edit cases" data-cases="" {...keepFocus} {...change}>
          <span className="label">{t(more ? 'contact.lessSigns' : 'contact.more')}</span>
        </button>
        <Edits {...props} />
      </div>
    </Keyboard>
  );
}
