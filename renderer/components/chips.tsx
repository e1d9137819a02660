import type { ReactNode } from 'react';
import type { Filter } from '../../main/contract/service-filter.ts';
import { usePageContext } from '../context/context.tsx';
import { usePress } from '../context/use-press.ts';
import { Icon, type IconName } from './icons.tsx';

interface ChipProps {
  /** How tests call it. */
  readonly name: string;
  readonly filter: Partial<Filter>;
  readonly on: boolean;
  readonly icon?: IconName;
  readonly says?: string;
  readonly children: ReactNode;
}

/** A choice that is on or off: told by a tick and a bar under it, not by its colour alone. */
export function Chip({ name, filter, on, icon, says, children }: ChipProps) {
  const { intend, step } = usePageContext();
  const handlers = usePress(() => intend({ type: 'find', step, filter }));
  return (
    <button type="button" className="chip" data-find={name} aria-pressed={on} aria-label={says} {...handlers}>
      {icon === undefined ? null : <Icon name={on ? 'check' : icon} />}
      <span className="label">{children}</span>
    </button>
  );
}

/** A chip that stands for an id (`choose`). */
export function ChooseChip({ id, on, icon, children }: Pick<ChipProps, 'on' | 'children'> & { id: string; icon: IconName }) {
  const { intend, step } = usePageContext();
  const handlers = usePress(() => intend({ type: 'choose', step, id }));
  return (
    <button type="button" className="chip" data-choose={id} aria-pressed={on} {...handlers}>
      <Icon name={on ? 'check' : icon} />
      <span className="label">{children}</span>
    </button>
  );
}

/** Several chips of one kind. */
export function Chips({ look, name, children }: { readonly look: string; readonly name: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of single buttons, not a form
    <div className={`chips ${look}`} role="group" aria-label={name}>
      {children}
    </div>
  );
}
