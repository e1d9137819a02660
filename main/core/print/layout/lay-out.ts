import { unreachable } from '../../../contract/result.ts';
import type { Slip, SlipLine } from '../../../contract/slip.ts';
import { codeSize } from '../draw/code.ts';
import { type Glyph, glyphsOf, widthOf } from './characters.ts';
import { CELL, type Paper } from './paper.ts';
import { wrap } from './wrap.ts';

/** How many times the plain size, in both directions. */
type Scale = 1 | 2 | 3;

/**
 * One thing on paper, from the top down. Heights are dots.
 * `text`: one line, from the left edge; `height` is the line's pitch, the characters stand at its top; `keep`: no page ends below it. `rule`: a broken line in the middle.
 * `code`: a QR code in the middle of the width, `module` dots to a module; what draws it knows its size.
 */
export type Row =
  | {
      readonly type: 'text';
      readonly glyphs: readonly Glyph[];
      readonly scale: Scale;
      readonly bold: boolean;
      readonly keep: boolean;
      readonly height: number;
    }
  | { readonly type: 'gap'; readonly height: number }
  | { readonly type: 'rule'; readonly height: number }
  | { readonly type: 'code'; readonly text: string; readonly module: number };

/** Space below the characters of a line, so that a paragraph can be read. */
const LEADING: Record<Scale, number> = { 1: 8, 2: 10, 3: 14 };
const RULE = 24;
/** Dots of a module, so that a code of many modules is not wider than the paper. */
const fittingModule = (text: string, most: number, { dots }: Paper): number =>
  Math.max(1, Math.min(most, Math.floor(dots / codeSize(text))));
const gap = (height: number): Row => ({ type: 'gap', height });

/**
 * The one layout of slips: receipt printer, picture and PDF all set these rows (DESIGN.md, Decisions).
 * Large type is twice the plain size for sentences; titles differ from it by their weight.
 */
export function layOut({ lines, large }: Slip, paper: Paper): Row[] {
  const set = (text: string, scale: Scale, how: 'sentence' | 'label' | 'title'): Row[] =>
    wrap(text, Math.floor(paper.columns / scale), how === 'title' ? 'phrases' : 'anywhere').map((glyphs) => ({
      type: 'text',
      glyphs,
      scale,
      bold: how === 'title',
      keep: how === 'label',
      height: CELL.height * scale + LEADING[scale],
    }));
  const plain: Scale = large ? 2 : 1;
  /** A number is as large as one line allows. */
  const fitting = (text: string): Scale => {
    const scales: readonly Scale[] = large ? [3, 2] : [2, 1];
    return scales.find((scale) => widthOf(glyphsOf(text)) * scale <= paper.columns) ?? plain;
  };
  const rowsOf = (line: SlipLine): Row[] => {
    switch (line.type) {
      case 'title':
        return [...set(line.text, 2, 'title'), gap(12)];
      case 'text':
        return [...set(line.text, plain, 'sentence'), gap(12 * plain)];
      case 'number':
        return [...set(line.label, plain, 'label'), ...set(line.value, fitting(line.value), 'title'), gap(8 * plain)];
      case 'code':
        return [{ type: 'code', text: line.text, module: fittingModule(line.text, large ? 8 : 6, paper) }, gap(8)];
      case 'calendar':
        return [{ type: 'code', text: line.text, module: fittingModule(line.text, large ? 8 : 6, paper) }, gap(8)];
      case 'rule':
        return [{ type: 'rule', height: RULE }];
      default:
        return unreachable(line);
    }
  };
  return lines.flatMap(rowsOf);
}
