import type { ReactNode } from 'react';
import { Icon } from '../../components/icons.tsx';
import type { Tone } from '../components/basics.tsx';

/** One thing to know, and nothing to do here. */
export function Notice({
  tone,
  title,
  children,
}: {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
}) {
  return (
    <section className={`box narrow stack start notice ${tone}`} role="status">
      <Icon name={tone} />
      <h2>{title}</h2>
      {children}
    </section>
  );
}
