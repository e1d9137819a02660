import type { ReactNode } from 'react';
import { usePageContext } from '../context/context.tsx';
import { Icon } from './icons.tsx';

export type NoticeKind = 'info' | 'ok' | 'caution' | 'stop';

/** A state as icon, word and shape; the colour only repeats it. */
export function Notice({ kind, children }: { readonly kind: NoticeKind; readonly children: ReactNode }) {
  const { t } = usePageContext();
  return (
    <div className={`notice ${kind}`}>
      <span className="mark">
        <Icon name={kind} />
        <span className="word">{t(`marks.${kind}`)}</span>
      </span>
      <span className="says">{children}</span>
    </div>
  );
}
