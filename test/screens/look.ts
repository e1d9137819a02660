import type { LayoutName } from './page-harness.ts';
import { LAYOUTS } from './page-harness.ts';

export interface Box {
  readonly name: string;
  /** A key of a pad, or a smaller one of a keyboard. */
  readonly key: 'pad' | 'letter' | null;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Look {
  readonly buttons: Box[];
  /** Elements whose own words do not fit them, or stick out of the screen or of the area they belong to. */
  readonly cut: string[];
  readonly scrolls: boolean;
  readonly headings: number;
  readonly primaries: Box[];
  /** Smallest font of any words, CSS px, readings left out. */
  readonly smallest: number;
  /** Pages that the reading matter takes, from 1. */
  readonly pages: number;
}

/** Measures what is on the screen. Runs inside the page, so it may use nothing from outside. */
export function lookAt(): Look {
  const boxOf = (element: Element): Box => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const name = element
      .getAttributeNames()
      .filter((attribute) => attribute.startsWith('data-') && attribute !== 'data-primary' && attribute !== 'data-called')
      .map((attribute) => `${attribute.slice(5)}=${element.getAttribute(attribute)}`)
      .join(' ');
    const key = !element.classList.contains('key') ? null : element.closest('.letters') === null ? 'pad' : 'letter';
    return { name, key, left, top, right, bottom };
  };
  const named = (element: Element) =>
    `<${element.tagName.toLowerCase()}${element.className === '' ? '' : ` class="${element.getAttribute('class')}"`}> ${(element.textContent ?? '').slice(0, 24)}`;
  const inPager = (element: Element) => element.closest('.page') !== null;
  const forEars = (element: Element) => element.closest('.visually-hidden') !== null;
  const cut: string[] = [];
  // On a page every line must lie whole in one column of it: what does not is on no page.
  const page = document.querySelector<HTMLElement>('.page');
  const columnFault = (element: Element): string | null => {
    if (page === null) return null;
    const around = page.getBoundingClientRect();
    const width = page.clientWidth;
    for (const part of element.getClientRects()) {
      if (part.width === 0) continue;
      const left = (part.left - around.left + page.scrollLeft) % (2 * width);
      if (left < -1 || left + part.width > width + 1) return 'sticks out of its page sideways';
      if (part.top < around.top - 1 || part.bottom > around.bottom + 1) return 'sticks out of its page';
    }
    return null;
  };
  let smallest = Number.POSITIVE_INFINITY;
  const area = (element: Element): DOMRect =>
    (
      element.closest('.reading, .aside, .actions, .navigation, .staff, .head, .tools, .dialog') ?? document.documentElement
    ).getBoundingClientRect();
  for (const element of document.querySelectorAll('#page *')) {
    if (element.closest('svg') !== null || forEars(element) || element.tagName === 'RT') continue;
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.visibility === 'hidden') continue;
    const words = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
    );
    if (words) smallest = Math.min(smallest, Number.parseFloat(style.fontSize));
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if (element.clientWidth > 0 && !inPager(element) && !element.matches('.sheet')) {
      if (element.scrollWidth > element.clientWidth + 1)
        cut.push(`${named(element)} is cut off by ${element.scrollWidth - element.clientWidth} px (width)`);
      if (element.tagName === 'BUTTON' && element.scrollHeight > element.clientHeight + 1)
        cut.push(`${named(element)} is cut off by ${element.scrollHeight - element.clientHeight} px (height)`);
    }
    if (words && inPager(element)) {
      const fault = columnFault(element);
      if (fault !== null) cut.push(`${named(element)} ${fault}`);
    }
    if ((words || element.tagName === 'BUTTON') && !inPager(element)) {
      const around = area(element);
      const out = Math.max(around.left - box.left, box.right - around.right, around.top - box.top, box.bottom - around.bottom);
      if (out > 1) cut.push(`${named(element)} sticks out by ${Math.round(out)} px`);
    }
  }
  const root = document.documentElement;
  return {
    // Under a question nothing else can be pressed.
    buttons: [...document.querySelectorAll(document.querySelector('.overlay') === null ? 'button' : '.overlay button')]
      .filter((button) => button.getClientRects().length > 0)
      .map(boxOf),
    cut,
    scrolls: root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight,
    headings: document.querySelectorAll('h1').length,
    primaries: [...document.querySelectorAll('[data-primary]')].map(boxOf),
    smallest,
    pages: page === null ? 1 : Math.max(1, Math.round((page.scrollWidth + page.clientWidth) / (2 * page.clientWidth))),
  };
}

/** Height above which nothing is touched in the low layout, as a part of the screen. The ATM's screen is small: all of it is low. */
const LOW_FROM: Record<LayoutName, number> = { portrait: 0.42, landscape: 0.33, atm: 0.15 };
/** Smallest words anywhere (DESIGN.md, Look and feel: 24 px at 1080 x 1920; smaller on the small screen). */
const SMALLEST: Record<LayoutName, number> = { portrait: 24, landscape: 20, atm: 15 };

/** Least side of a button that is not a key, CSS px; the ATM's screen has larger pixels. */
const LEAST: Record<LayoutName, number> = { portrait: 88, landscape: 88, atm: 56 };

interface Circumstances {
  readonly layout: LayoutName;
  readonly low: boolean;
  /** The reading matter may take several pages. */
  readonly paged: boolean;
}

/** What is wrong with a look. Empty: nothing. */
export function faultsOf(look: Look, { layout, low, paged }: Circumstances): string[] {
  const { width, height } = LAYOUTS[layout];
  const faults = [...look.cut];
  if (look.scrolls) faults.push('the page scrolls');
  if (look.pages > 1 && !paged) faults.push(`takes ${look.pages} pages`);
  if (look.pages > 1 && !look.buttons.some(({ name }) => name === 'page=next')) faults.push('has pages that cannot be turned');
  if (look.headings !== 1) faults.push(`${look.headings} headings`);
  if (look.primaries.length > 1) faults.push(`${look.primaries.length} primary buttons`);
  if (look.smallest < SMALLEST[layout]) faults.push(`words of ${look.smallest} px`);
  for (const { name, top, bottom } of look.primaries)
    if ((top + bottom) / 2 < (height * 3) / 5) faults.push(`${name} is primary and not in the lower part`);
  for (const { name, key, left, top, right, bottom } of look.buttons) {
    const least = key === 'pad' || (key === 'letter' && layout !== 'atm') ? 88 : LEAST[layout];
    if (right - left < least - 0.5 || bottom - top < least - 0.5)
      faults.push(`${name} is ${Math.round(right - left)} x ${Math.round(bottom - top)}, wants ${least}`);
    if (left < 0 || top < 0 || right > width || bottom > height) faults.push(`${name} is off the screen`);
    if (low && top < height * LOW_FROM[layout]) faults.push(`${name} is too high for the low layout (${Math.round(top)})`);
  }
  for (const [index, a] of look.buttons.entries()) {
    for (const b of look.buttons.slice(index + 1)) {
      const across = Math.max(a.left, b.left) - Math.min(a.right, b.right);
      const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
      const gap = Math.max(across, down);
      // Buttons of one set touch on purpose (language, text size); their edges lie on each other.
      if (gap < -4) faults.push(`${a.name} lies over ${b.name}`);
      const apart = a.key === 'letter' && layout === 'atm' ? 7 : 12;
      if (a.key !== null && b.key !== null && gap < apart - 0.5)
        faults.push(`${a.name} is ${Math.round(gap)} px from ${b.name}, wants ${apart}`);
    }
  }
  return faults;
}

/** Buttons of both looks that are not at the same place. The page turner lies under the text, wherever that ends. */
export function buttonsThatMoved(before: readonly Box[], after: readonly Box[]): string[] {
  return before.flatMap((box) => {
    if (box.name.startsWith('page=')) return [];
    const same = after.find((other) => other.name === box.name);
    if (same === undefined) return [];
    const moved = Math.max(
      Math.abs(same.left - box.left),
      Math.abs(same.top - box.top),
      Math.abs(same.right - box.right),
      Math.abs(same.bottom - box.bottom),
    );
    return moved > 1.5 ? [`${box.name} (${Math.round(moved)} px)`] : [];
  });
}
