import type { ReactNode } from 'react';
import type { Button } from '../../main/contract/page-protocol.ts';
import { usePageContext } from '../context/context.tsx';
import { usePress } from '../context/use-press.ts';
import { Icon, type IconName } from './icons.tsx';

interface PressButtonProps {
  readonly button: Button;
  readonly icon?: IconName;
  /** `primary`: the one thing most people do next; Enter presses it. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'onward';
  readonly children: ReactNode;
}

/** A button that sends one press. */
export function PressButton({ button, icon, look = 'plain', children }: PressButtonProps) {
  const { press } = usePageContext();
  const handlers = usePress(() => press(button));
  return (
    <button
      type="button"
      className={`button ${look}`}
      data-button={button}
      data-primary={look === 'primary' ? '' : undefined}
      {...handlers}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      <span className="label">{children}</span>
    </button>
  );
}

/** The family goes on: somebody else's card, the same service. */
export function NextPerson({ quiet = false }: { readonly quiet?: boolean }) {
  const { t } = usePageContext();
  return (
    <PressButton button="next-person" icon="others" {...(quiet ? { look: 'onward' as const } : {})}>
      {t(quiet ? 'signedUp.nextShort' : 'signedUp.nextPerson')}
    </PressButton>
  );
}

/** A primary button that only changes what of this screen is to be seen: nothing is sent. */
export function LocalButton({
  icon,
  run,
  children,
}: {
  readonly icon: IconName;
  readonly run: () => void;
  readonly children: ReactNode;
}) {
  const handlers = usePress(run);
  return (
    <button type="button" className="button primary" data-read-on="" data-primary="" {...handlers}>
      <Icon name={icon} />
      <span className="label">{children}</span>
    </button>
  );
}

interface ChoiceProps {
  readonly button: Button;
  /** From 1: the ten-key's digit for it. */
  readonly number: number;
  readonly icon: IconName;
  readonly title: ReactNode;
  readonly text: ReactNode;
}

/** One of several ways to go on: number, picture, words. */
export function Choice({ button, number, icon, title, text }: ChoiceProps) {
  const { press } = usePageContext();
  const handlers = usePress(() => press(button));
  return (
    <button type="button" className="choice" data-button={button} data-choice={number} {...handlers}>
      <span className="number" aria-hidden="true">
        {number}
      </span>
      <Icon name={icon} />
      <span className="words">
        <span className="title">{title}</span>
        <span className="text">{text}</span>
      </span>
      <Icon name="next" />
    </button>
  );
}
