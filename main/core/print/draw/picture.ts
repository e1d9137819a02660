import { Resvg } from '@resvg/resvg-js';
import { unreachable } from '../../../contract/result.ts';
import type { Row } from '../layout/lay-out.ts';
import { CELL, type Paper } from '../layout/paper.ts';
import { type Bitmap, bitmapOf } from './bitmap.ts';
import { codeModules } from './code.ts';
import { EM, partFor } from './fonts.ts';

/** Outlines of one line of text. @param top dots from the top of the picture */
function textPaths({ glyphs, scale, bold }: Extract<Row, { type: 'text' }>, top: number): string {
  const size = (CELL.height * scale) / EM.units;
  const baseline = top + EM.ascent * size;
  let x = 0;
  return glyphs
    .map(({ text, width }) => {
      const { part, codePoint } = partFor(text, bold ? 700 : 400);
      const outline = part.font.glyphForCodePoint(codePoint).path.toSVG();
      const path = `<path transform="translate(${x} ${baseline}) scale(${size} ${-size})" d="${outline}"/>`;
      x += width * CELL.width * scale;
      return outline === '' ? '' : path;
    })
    .join('');
}

function codePaths(
  text: string,
  module: number,
  { dots }: Paper,
  top: number,
): { readonly paths: string; readonly height: number } {
  const { size, dark } = codeModules(text);
  const left = Math.floor((dots - size * module) / 2);
  const squares = dark.flatMap((row, y) =>
    row.map((on, x) => (on ? `M${left + x * module} ${top + y * module}h${module}v${module}h-${module}z` : '')),
  );
  return { paths: `<path shape-rendering="crispEdges" d="${squares.join('')}"/>`, height: size * module };
}

const ruleLine = ({ dots }: Paper, y: number) => {
  const dashes = Array.from({ length: dots / CELL.width }, (_, n) => `M${n * CELL.width} ${y}h6v2h-6z`);
  return `<path shape-rendering="crispEdges" d="${dashes.join('')}"/>`;
};

/**
 * Draws rows as the printer's head would burn them. The same outlines and the same arithmetic everywhere: a picture does not depend on the
 * machine's own fonts.
 * @param margin dots of white on every side, for a picture that people look at
 */
export function drawRows(rows: readonly Row[], paper: Paper, margin = 0): Bitmap {
  const parts: string[] = [];
  let y = 0;
  for (const row of rows) {
    switch (row.type) {
      case 'text':
        parts.push(textPaths(row, y));
        y += row.height;
        break;
      case 'gap':
        y += row.height;
        break;
      case 'rule':
        parts.push(ruleLine(paper, y + Math.floor(row.height / 2) - 1));
        y += row.height;
        break;
      case 'code': {
        const { paths, height } = codePaths(row.text, row.module, paper, y);
        parts.push(paths);
        y += height;
        break;
      }
      default:
        unreachable(row);
    }
  }
  const [width, height] = [paper.dots + 2 * margin, y + 2 * margin];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/><g transform="translate(${margin} ${margin})">${parts.join('')}</g></svg>`;
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  return bitmapOf(pixels, width, height);
}
