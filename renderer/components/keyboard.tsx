import { type ReactNode, useState } from 'react';
import type { Intent } from '../../main/contract/page-protocol.ts';
import { usePageContext } from '../context/context.tsx';
import { usePress } from '../context/use-press.ts';
import { Icon, type IconName } from './icons.tsx';

type Edit = Extract<Intent, { type: 'type-edit' }>['edit'];

/** Keeps the keyboard's focus where it is: a ten-key user's Enter must mean OK, not the key that was touched last. */
export const keepFocus = { onMouseDown: (event: { preventDefault(): void }) => event.preventDefault() };

interface TypeKeyProps {
  /** What is sent. */
  readonly sign: string;
  /** What it is called, where reading the sign aloud does not tell. */
  readonly name?: string;
  readonly children?: ReactNode;
}

export function TypeKey({ sign, name, children }: TypeKeyProps) {
  const { intend, step, plain } = usePageContext();
  const handlers = usePress(() => intend({ type: 'type', step, key: sign }), true);
  return (
    <button
      type="button"
      className="key"
      data-key={sign}
      aria-label={name ?? plain('entry.key', { sign })}
      {...keepFocus}
      {...handlers}
    >
      {children ?? sign}
    </button>
  );
}

interface EditKeyProps {
  readonly edit: Edit;
  readonly icon: IconName;
  readonly off?: boolean;
  readonly children: ReactNode;
}

function EditKey({ edit, icon, off = false, children }: EditKeyProps) {
  const { intend, step } = usePageContext();
  const handlers = usePress(() => {
    if (!off) intend({ type: 'type-edit', step, edit });
  }, true);
  return (
    <button
      type="button"
      className={`key edit at-${edit} ${edit === 'ok' ? 'primary' : ''}`}
      data-edit={edit}
      data-primary={edit === 'ok' ? '' : undefined}
      aria-disabled={off}
      {...keepFocus}
      {...handlers}
    >
      <Icon name={icon} />
      <span className="label">{children}</span>
    </button>
  );
}

export interface PadProps {
  /** Nothing has been typed: there is nothing to delete. */
  readonly empty: boolean;
  /** On the OK key. */
  readonly ok?: ReactNode;
}

export function Edits({ empty, ok }: PadProps) {
  const { t } = usePageContext();
  return (
    <>
      <EditKey edit="clear" icon="close" off={empty}>
        {t('entry.clear')}
      </EditKey>
      <EditKey edit="back" icon="erase" off={empty}>
        {t('entry.back')}
      </EditKey>
      <EditKey edit="ok" icon="check">
        {ok ?? t('entry.ok')}
      </EditKey>
    </>
  );
}

export function Keyboard({ look, children }: { readonly look: string; readonly children: ReactNode }) {
  const { plain } = usePageContext();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid with named areas in every engine
    <div className={look} role="group" aria-label={plain('entry.pad')}>
      {children}
    </div>
  );
}

/** A telephone's pad: as on the PIN screen, in order. */
export function DigitPad(props: PadProps) {
  return (
    <Keyboard look="pad digits">
      {[...'1234567890'].map((sign) => (
        <TypeKey key={sign} sign={sign} />
      ))}
      <Edits {...props} />
    </Keyboard>
  );
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Digits, then letters in the order of the alphabet, which more people know than a typewriter's. @param cases small letters count too */
export function AbcPad({ cases, ...props }: PadProps & { readonly cases: boolean }) {
  const { t } = usePageContext();
  const [small, setSmall] = useState(false);
  const change = usePress(() => setSmall(!small));
  return (
    <Keyboard look="letters abc">
      <div className="signs figures">
        {[...'1234567890'].map((sign) => (
          <TypeKey key={sign} sign={sign} />
        ))}
      </div>
      <div className="signs alphabet">
        {LETTERS.map((letter) => (small ? letter.toLowerCase() : letter)).map((sign) => (
          <TypeKey key={sign} sign={sign} />
        ))}
      </div>
      <div className="tail">
        {cases ? (
          <button type="button" className="key edit cases" data-cases="" {...keepFocus} {...change}>
            <span className="label">{t(small ? 'entry.upper' : 'entry.lower')}</span>
          </button>
        ) : null}
        <Edits {...props} />
      </div>
    </Keyboard>
  );
}

const ROWS = [
  'アイウエオ',
  'カキクケコ',
  'サシスセソ',
  'タチツテト',
  'ナニヌネノ',
  'ハヒフヘホ',
  'マミムメモ',
  'ヤ ユ ヨ',
  'ラリルレロ',
  'ワヲンーヽ',
];

function KanaKey({ sign }: { readonly sign: string }) {
  const { plain } = usePageContext();
  if (sign === ' ') return <span aria-hidden="true" />;
  return sign === 'ヽ' ? <TypeKey sign={sign} name={plain('entry.iteration')} /> : <TypeKey sign={sign} />;
}

/** The table of fifty sounds. Marks and small signs change the kana before them; that is the core's business. */
export function KanaPad(props: PadProps) {
  const { plain } = usePageContext();
  return (
    <Keyboard look="letters kana">
      {ROWS.map((row) => (
        <div key={row} className="row">
          {[...row].map((sign, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the table never changes
            <KanaKey key={index} sign={sign} />
          ))}
        </div>
      ))}
      <div className="tail">
        <TypeKey sign="゛" name={plain('entry.dakuten')} />
        <TypeKey sign="゜" name={plain('entry.handakuten')} />
        <TypeKey sign="小" name={plain('entry.small')} />
        <Edits {...props} />
      </div>
    </Keyboard>
  );
}

/** A typewriter's keys, for those who read English. Sends small letters. */
export function QwertyPad(props: PadProps) {
  return (
    <Keyboard look="letters qwerty">
      {['qwertyuiop', 'asdfghjkl', 'zxcvbnm'].map((row) => (
        <div key={row} className="signs">
          {[...row].map((sign) => (
            <TypeKey key={sign} sign={sign}>
              {sign.toUpperCase()}
            </TypeKey>
          ))}
        </div>
      ))}
      <div className="tail">
        <Edits {...props} />
      </div>
    </Keyboard>
  );
}
