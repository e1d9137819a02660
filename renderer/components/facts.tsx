import type { ReactNode } from 'react';

/** A list of names and values. `main`: those that matter most, large, one below the other. */
export function Facts({ main = false, children }: { readonly main?: boolean; readonly children: ReactNode }) {
  return <dl className={main ? 'facts main-facts' : 'facts'}>{children}</dl>;
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
