import PDFDocument from 'pdfkit';
import { unreachable } from '../../../contract/result.ts';
import type { Slip } from '../../../contract/slip.ts';
import { type FontPart, partFor } from '../draw/fonts.ts';
import { codeModules } from '../draw/picture.ts';
import type { Glyph } from '../layout/characters.ts';
import { layOut, type Row } from '../layout/lay-out.ts';
import { a4Paper, CELL } from '../layout/paper.ts';

/** Points; A4 is 595 by 842. */
const PAGE = { width: 595.28, height: 841.89, margin: 71 } as const;
/** Points to a dot of the layout. */
const DOT = (PAGE.width - 2 * PAGE.margin) / a4Paper.dots;

/** One place on the page, points from the left upper corner. */
interface Pen {
  readonly doc: PDFKit.PDFDocument;
  y: number;
}

/** Text set in one part of the font after the other: each character stands in its cell of the grid. */
function setText({ doc, y }: Pen, { glyphs, scale, bold }: Extract<Row, { type: 'text' }>): void {
  const size = CELL.height * scale * DOT;
  doc.fontSize(size);
  let x: number = PAGE.margin;
  for (const { part, text, cells } of runsOf(glyphs, bold)) {
    doc.font(fontNamed(doc, part));
    doc.text(text, x, y, { lineBreak: false, features: [] });
    x += cells * CELL.width * scale * DOT;
  }
}

interface Run {
  readonly part: FontPart;
  text: string;
  cells: number;
}
function runsOf(glyphs: readonly Glyph[], bold: boolean): Run[] {
  const runs: Run[] = [];
  for (const { text, width } of glyphs) {
    const { part, codePoint } = partFor(text, bold ? 700 : 400);
    const character = String.fromCodePoint(codePoint);
    const last = runs.at(-1);
    if (last === undefined || last.part !== part) runs.push({ part, text: character, cells: width });
    else {
      last.text += character;
      last.cells += width;
    }
  }
  return runs;
}

const known = new WeakMap<PDFKit.PDFDocument, Set<string>>();
function fontNamed(doc: PDFKit.PDFDocument, { key, file }: FontPart): string {
  const names = known.get(doc) ?? new Set();
  known.set(doc, names);
  if (!names.has(key)) {
    doc.registerFont(key, file);
    names.add(key);
  }
  return key;
}

function setCode({ doc, y }: Pen, text: string, module: number): void {
  const { size, dark } = codeModules(text);
  const side = module * DOT;
  const left = (PAGE.width - size * side) / 2;
  dark.forEach((row, down) => {
    row.forEach((on, right) => {
      // A hair over, so that no white line shows between two dark modules.
      if (on) doc.rect(left + right * side, y + down * side, side + 0.05, side + 0.05);
    });
  });
  doc.fill('#000');
}

const heightOf = (row: Row): number => (row.type === 'code' ? codeModules(row.text).size * row.module : row.height) * DOT;

/**
 * The slip on A4, with the fonts embedded; nothing of it depends on the machine that prints. Set by the same layout as the roll, wide enough for 32
 * Japanese characters a line.
 */
export function slipPdf(slip: Slip): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // No date and no name of a program: two prints of a slip are the same bytes.
    const info = { CreationDate: new Date(0), Producer: '', Creator: '' };
    // Without a font of its own it does not look for the files of the standard ones.
    const doc = new PDFDocument({ size: 'A4', margin: 0, font: '', info });
    const parts: Buffer[] = [];
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => resolve(Buffer.concat(parts)));
    doc.on('error', reject);
    const pen: Pen = { doc, y: PAGE.margin };
    const rows = layOut(slip, a4Paper);
    for (const [at, row] of rows.entries()) {
      const height = heightOf(row);
      const next = rows[at + 1];
      const together = height + (row.type === 'text' && row.keep && next !== undefined ? heightOf(next) : 0);
      if (pen.y + together > PAGE.height - PAGE.margin && row.type !== 'gap') {
        doc.addPage();
        pen.y = PAGE.margin;
      }
      switch (row.type) {
        case 'text':
          setText(pen, row);
          break;
        case 'gap':
          break;
        case 'rule': {
          const middle = pen.y + height / 2;
          doc.moveTo(PAGE.margin, middle).lineTo(PAGE.width - PAGE.margin, middle);
          doc.dash(4, { space: 4 }).lineWidth(0.8).stroke('#000').undash();
          break;
        }
        case 'code':
          setCode(pen, row.text, row.module);
          break;
        default:
          unreachable(row);
      }
      pen.y += height;
    }
    doc.end();
  });
}
