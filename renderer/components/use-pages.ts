import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Reading matter in pages of the box that it is in. */
export interface Pages {
  readonly box: RefObject<HTMLDivElement | null>;
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  /** Every page has been on the screen since the step began. */
  readonly allSeen: boolean;
  readonly turn: (by: 1 | -1) => void;
}

/** Pages of a box whose columns lie a column's width apart. */
function pagesIn(box: HTMLElement): number {
  const width = box.clientWidth;
  return width === 0 ? 1 : Math.max(1, Math.round((box.scrollWidth + width) / (2 * width)));
}

/** Without the turning buttons there is more room: what fits then needs none. Most screens have none, and are laid out once. */
function measuredPages(box: HTMLElement): number {
  const { parentElement: pager, nextElementSibling: turner } = box;
  if (turner === null) return pagesIn(box);
  pager?.classList.add('bare');
  const bare = pagesIn(box);
  pager?.classList.remove('bare');
  return bare === 1 ? 1 : Math.max(2, pagesIn(box));
}

/**
 * Text in pages that are set like a book's: the browser breaks it into columns of the box's size, and big buttons turn them. No
 * scrolling, no line cut in half. Screen readers get the whole text at once.
 * @param step a new step begins at page one
 */
export function usePages(step: number): Pages {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ step, page: 0, pages: 1, furthest: 0 });
  const now = at.step === step ? at : { step, page: 0, pages: at.pages, furthest: 0 };

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => {
      const pages = measuredPages(element);
      setAt((was) => {
        const same = was.step === step;
        const page = same ? Math.min(was.page, pages - 1) : 0;
        const furthest = same ? was.furthest : 0;
        if (same && was.pages === pages && was.page === page) return was;
        return { step, page, pages, furthest: Math.min(furthest, pages - 1) };
      });
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    return () => watch.disconnect();
  });
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null) element.scrollLeft = now.page * 2 * element.clientWidth;
  });

  return {
    box,
    page: now.page,
    pages: now.pages,
    allSeen: at.step === step && now.furthest >= now.pages - 1,
    turn: (by) =>
      setAt((was) => {
        const page = Math.max(0, Math.min(was.pages - 1, was.page + by));
        return { ...was, page, furthest: Math.max(was.furthest, page) };
      }),
  };
}
