import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useKit } from '../kit/kit.tsx';
import { usePress } from '../kit/use-press.ts';
import { Icon } from './icons.tsx';

/**
 * Long text in pages that are set like a book's: the browser breaks it into columns of the box's size, and big buttons turn them. No
 * scrolling, no line cut in half. Screen readers get the whole text at once. Key it by its content, so that a new text begins at page one.
 */
export function Pager({ children }: { readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [page, setPage] = useState(0);
  const [pages, setPages] = useState(1);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => {
      const width = element.clientWidth;
      // The gap between columns is as wide as a column, so that a page is two widths on from the last.
      const count = Math.max(1, Math.round((element.scrollWidth + width) / (2 * width)));
      setPages(count);
      setPage((now) => Math.min(now, count - 1));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    return () => watch.disconnect();
  });
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null) element.scrollLeft = page * 2 * element.clientWidth;
  }, [page]);

  return (
    <div className="pager">
      <div className="sheet" ref={box}>
        {children}
      </div>
      <PageTurner page={page} pages={pages} turn={(by) => setPage((now) => Math.max(0, Math.min(pages - 1, now + by)))} />
    </div>
  );
}

interface PageTurnerProps {
  readonly page: number;
  readonly pages: number;
  readonly turn: (by: 1 | -1) => void;
}

function PageTurner({ page, pages, turn }: PageTurnerProps) {
  const { t } = useKit();
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
