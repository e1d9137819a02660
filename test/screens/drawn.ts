/** One element as it is drawn: its place in CSS px, and the parts of its style that change a picture. */
export interface Drawn {
  /** Tag and classes, for people. */
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly style: string;
}

/** Every element that is drawn, in the order of the document. Runs inside the page, so it may use nothing from outside. */
export function drawnOn(): Drawn[] {
  const STYLES = [
    'color',
    'background-color',
    'border-top-color',
    'border-top-style',
    'border-top-width',
    'border-left-width',
    'font-weight',
    'font-family',
    'text-align',
    'fill',
    'stroke',
    'visibility',
  ];
  return [...document.querySelectorAll('#page *')].flatMap((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0) return [];
    const computed = getComputedStyle(element);
    const size = Math.round(Number.parseFloat(computed.fontSize));
    const round = (value: number) => Math.round(value * 10) / 10;
    return [
      {
        name: `${element.tagName.toLowerCase()}.${(element.getAttribute('class') ?? '').trim().replaceAll(/\s+/g, '.')}`,
        x: round(x),
        y: round(y),
        width: round(width),
        height: round(height),
        style: `${size}px ${STYLES.map((name) => computed.getPropertyValue(name)).join(' ')}`,
      },
    ];
  });
}
