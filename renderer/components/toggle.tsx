import type { ReactNode } from 'react';
import type { Button } from '../../main/contract/page-protocol.ts';
import { usePageContext } from '../context/context.tsx';
import { usePress } from '../context/use-press.ts';
import { Icon, type IconName } from './icons.tsx';

interface ToggleProps {
  readonly button: Button;
  /** From 1: the ten-key's digit for it. */
  readonly number: number;
  readonly icon: IconName;
  readonly on: boolean;
  readonly title: ReactNode;
  readonly text: ReactNode;
}

/** Something that is wanted or not: told by a tick or a cross, a word, and a full or dashed edge. */
export function Toggle({ button, number, icon, on, title, text }: ToggleProps) {
  const { press, t } = usePageContext();
  const handlers = usePress(() => press(button));
  return (
    <button
      type="button"
      className={on ? 'choice toggle on' : 'choice toggle'}
      data-button={button}
      data-choice={number}
      aria-pressed={on}
      {...handlers}
    >
      <span className="number" aria-hidden="true">
        {number}
      </span>
      <Icon name={icon} />
      <span className="words">
        <span className="title">{title}</span>
        <span className="text">{text}</span>
      </span>
      <span className="wanted">
        <Icon name={on ? 'check' : 'close'} />
        <span>{t(on ? 'certificates.on' : 'certificates.off')}</span>
      </span>
    </button>
  );
}
