import type { ReactNode } from 'react';

/** A list of names and values. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

export function Fact({
  name,
  children,
  code = false,
}: {
  readonly name: ReactNode;
  readonly children: ReactNode;
  readonly code?: boolean;
}) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd className={code ? 'code' : undefined}>{children}</dd>
    </div>
  );
}
