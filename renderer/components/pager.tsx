import type { ReactNode } from 'react';
import { usePageContext } from '../context/context.tsx';
import { usePress } from '../context/use-press.ts';
import { Icon } from './icons.tsx';
import type { Pages } from './use-pages.ts';

/** The reading matter of a screen, and the buttons that turn its pages where there are several. */
export function Pager({ pages, children }: { readonly pages: Pages; readonly children: ReactNode }) {
  return (
    <div className="pager">
      <div className="page" ref={pages.box}>
        {children}
      </div>
      <PageTurner {...pages} />
    </div>
  );
}

function PageTurner({ page, pages, turn }: Pages) {
  const { t } = usePageContext();
  const previous = usePress(() => turn(-1));
  const following = usePress(() => turn(1));
  if (pages === 1) return null;
  return (
    <div className="turner">
      <button type="button" className="button plain" data-page="previous" aria-disabled={page === 0} {...previous}>
        <Icon name="up" />
        <span className="label">{t('terms.previous')}</span>
      </button>
      <span className="where" aria-live="polite">
        {t('terms.page', { page: page + 1, pages })}
      </span>
      <button type="button" className="button plain" data-page="next" aria-disabled={page === pages - 1} {...following}>
        <Icon name="down" />
        <span className="label">{t('terms.following')}</span>
      </button>
    </div>
  );
}
