import { Resvg } from '@resvg/resvg-js';
import { unreachable } from '../../../contract/result.ts';
import type { Row } from '../layout/lay-out.ts';
import { CELL, type Paper } from '../layout/paper.ts';
import { type Bitmap, bitmapOf } from './bitmap.ts';
import { codeModules } from './code.ts';
import { ASCENT, type FontPart, partFor } from './fonts.ts';

/** How much a font without a bold of its own gains on each side, in parts of the character's height. */
const BOLDER = 0.025;

function alone(font: FontPart['font'], text: string) {
  const glyph = font.glyphForCodePoint(text.codePointAt(0) ?? 0);
  return { glyphs: [glyph], positions: [], advanceWidth: glyph.advanceWidth };
}

/** Outlines of one character with its marks. @param left, baseline dots @param room dots, in the middle of which it stands @param height dots */
function outlines(
  { font, grid, thin }: FontPart,
  text: string,
  left: number,
  baseline: number,
  room: number,
  height: number,
): string {
  const size = height / font.unitsPerEm;
  // Marks are set by the font's own rules; one character alone needs none.
  const { glyphs, positions, advanceWidth } = [...text].length > 1 ? font.layout(text) : alone(font, text);
  let x = left + (grid ? 0 : Math.max(0, (room - advanceWidth * size) / 2));
  const bolder = thin ? ` stroke="#000" stroke-width="${2 * BOLDER * font.unitsPerEm}"` : '';
  return glyphs
    .map((glyph, at) => {
      const { xOffset = 0, yOffset = 0, xAdvance = 0 } = positions[at] ?? {};
      const [across, down] = [x + xOffset * size, baseline - yOffset * size];
      x += xAdvance * size;
      const outline = glyph.path.toSVG();
      const path = `<path transform="translate(${across} ${down}) scale(${size} ${-size})"${bolder} d="${outline}"/>`;
      return outline === '' ? '' : path;
    })
    .join('');
}

/** Outlines of one line of text. @param top dots from the top of the picture */
function textPaths({ glyphs, scale, bold }: Extract<Row, { type: 'text' }>, top: number): string {
  const height = CELL.height * scale;
  let x = 0;
  return glyphs
    .map(({ text, width }) => {
      const { part, text: set } = partFor(text, bold ? 700 : 400);
      const room = width * CELL.width * scale;
      const paths = outlines(part, set, x, top + ASCENT * height, room, height);
      x += room;
      return paths;
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
