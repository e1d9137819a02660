import type { ReactNode } from 'react';
import { usePageContext } from '../context/context.tsx';
import { usePress } from '../context/use-press.ts';
import { PressButton } from './buttons.tsx';
import { Icon, type IconName } from './icons.tsx';

interface ChooseProps {
  /** What the line stands for. */
  readonly id: string;
  /** From 1: the ten-key's digit for it. */
  readonly number: number;
  readonly icon: IconName;
  readonly title: ReactNode;
  readonly text: ReactNode;
  /** What stands in the way, in a word or two. */
  readonly flags?: readonly ReactNode[];
}

/** One line of a list from the core. */
export function ChooseLine({ id, number, icon, title, text, flags = [] }: ChooseProps) {
  const { intend, step } = usePageContext();
  const handlers = usePress(() => intend({ type: 'choose', step, id }));
  return (
    <button type="button" className="line" data-choose={id} data-choice={number} {...handlers}>
      <Icon name={icon} />
      <span className="words">
        <span className="title">{title}</span>
        <span className="text">
          <span className="base">{text}</span>
          {flags.map((flag, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: flags never change places
            <span key={index} className="flag">
              <Icon name="caution" />
              {flag}
            </span>
          ))}
        </span>
      </span>
      <Icon name="next" />
    </button>
  );
}

interface LinesProps {
  readonly name: string;
  readonly count: number;
  /** Drawn when there is no line. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** A list that keeps its place and size whatever is in it. */
export function Lines({ name, count, empty, children }: LinesProps) {
  const many = count > 6 ? 'most' : count === 6 ? 'six' : 'few';
  return (
    <section className={`lines ${many}`} aria-label={name}>
      {count === 0 ? empty : children}
    </section>
  );
}

interface TurnerProps {
  readonly page: number;
  readonly pages: number;
  /** How many there are in all. */
  readonly total?: ReactNode;
}

/** Turns the pages of a list that the core keeps. */
export function ListTurner({ page, pages, total }: TurnerProps) {
  const { t } = usePageContext();
  return (
    <div className="turner list">
      <TurnButton button="previous-page" icon="up" off={page <= 1} />
      <span className="where" aria-live="polite">
        {total === undefined ? null : <strong>{total}</strong>}
        {pages > 1 ? <span>{t('finder.page', { page, pages })}</span> : null}
      </span>
      <TurnButton button="next-page" icon="down" off={page >= pages} />
    </div>
  );
}

function TurnButton({ button, icon, off }: { button: 'previous-page' | 'next-page'; icon: IconName; off: boolean }) {
  const { t, press } = usePageContext();
  const handlers = usePress(() => {
    if (!off) press(button);
  });
  return (
    <button type="button" className="button plain" data-button={button} aria-disabled={off} {...handlers}>
      <Icon name={icon} />
      <span className="label">{t(button === 'next-page' ? 'finder.following' : 'finder.previous')}</span>
    </button>
  );
}

/** The same button, for an empty list: it takes the choices back. */
export function EmptyList({ title, text, clear = false }: { title: ReactNode; text: ReactNode; clear?: boolean }) {
  const { t } = usePageContext();
  return (
    <div className="empty" role="status">
      <p className="title">
        <Icon name="info" />
        <strong>{title}</strong>
      </p>
      <p>{text}</p>
      {clear ? (
        <PressButton button="clear" icon="back" look="primary">
          {t('finder.clear')}
        </PressButton>
      ) : null}
    </div>
  );
}
