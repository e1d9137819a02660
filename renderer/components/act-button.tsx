import type { ReactNode } from 'react';
import { usePress } from '../context/use-press.ts';
import { Icon, type IconName } from './icons.tsx';

interface ActButtonProps {
  /** How tests call it. */
  readonly act: string;
  readonly icon?: IconName;
  readonly look?: 'primary' | 'plain';
  /** Seen, but without effect for now. */
  readonly off?: boolean;
  readonly run: () => void;
  readonly children: ReactNode;
}

/** A button that works something of the page itself, the camera: no press is sent. */
export function ActButton({ act, icon, look = 'plain', off = false, run, children }: ActButtonProps) {
  const handlers = usePress(() => {
    if (!off) run();
  });
  return (
    <button
      type="button"
      className={`button ${look}`}
      data-act={act}
      data-primary={look === 'primary' ? '' : undefined}
      aria-disabled={off}
      {...handlers}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      <span className="label">{children}</span>
    </button>
  );
}
