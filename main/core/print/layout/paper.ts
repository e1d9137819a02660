/**
 * What a slip is laid out on. A receipt printer sets characters on a grid: 12 dots for a half-width one, 24 for a Japanese one
 * (203 dpi: 8 dots to a millimetre, so a Japanese character is 3 mm). Every rendering keeps to that grid.
 */
export interface Paper {
  /** Half-width characters in a line of the plain size. */
  readonly columns: number;
  /** Printable width: 12 for each column. */
  readonly dots: number;
}

/** Dots of a half-width cell of the plain size. */
export const CELL = { width: 12, height: 24 } as const;

const paper = (columns: number): Paper => ({ columns, dots: columns * CELL.width });

/** The roll, by its width in millimetres: 48 and 72 mm of it are printed on. */
export const rolls: Record<58 | 80, Paper> = { 58: paper(32), 80: paper(48) };

/**
 * A4 by CUPS: the same grid between margins of 25 mm. On the first a Japanese character comes out at 14 points; the others are for a slip that
 * would not fit on one page, down to 10 points (20 in large type).
 */
export const a4Papers: readonly Paper[] = [64, 72, 80, 88].map(paper);
