import PDFDocument from 'pdfkit';
import { unreachable } from '../../../contract/result.ts';
import type { Slip } from '../../../contract/slip.ts';
import { codeModules } from '../draw/code.ts';
import { ASCENT, type FontPart, partFor } from '../draw/fonts.ts';
import type { Glyph } from '../layout/characters.ts';
import { layOut, type Row } from '../layout/lay-out.ts';
import { a4Papers, CELL } from '../layout/paper.ts';

/** Points; A4 is 595 by 842. */
const PAGE = { width: 595.28, height: 841.89, margin: 71 } as const;

/** One place on the page, points from the left upper corner. */
interface Pen {
  readonly doc: PDFKit.PDFDocument;
  /** Points to a dot. */
  readonly dot: number;
  y: number;
}

/** How much a font without a bold of its own gains, in parts of the character's height. */
const BOLDER = 0.05;

/** Text set in one part of the font after the other: each character stands in its cell of the grid. */
function setText({ doc, dot, y }: Pen, { glyphs, scale, bold }: Extract<Row, { type: 'text' }>): void {
  const size = CELL.height * scale * dot;
  doc.fontSize(size);
  let x: number = PAGE.margin;
  for (const { part, text, cells } of runsOf(glyphs, bold)) {
    doc.font(fontNamed(doc, part));
    const room = cells * CELL.width * scale * dot;
    const left = x + (part.grid ? 0 : Math.max(0, (room - doc.widthOfString(text)) / 2));
    // All fonts stand on one line, whatever each calls its top.
    const where = { lineBreak: false, features: [], baseline: 'alphabetic' as const };
    doc.lineWidth(size * BOLDER);
    doc.text(text, left, y + ASCENT * size, { ...where, fill: true, stroke: part.thin });
    x += room;
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
    const { part, text: set } = partFor(text, bold ? 700 : 400);
    const last = runs.at(-1);
    // Only characters as wide as their cells may follow each other without a look at where they stand.
    if (last === undefined || last.part !== part || !part.grid) runs.push({ part, text: set, cells: width });
    else {
      last.text += set;
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

function setCode({ doc, dot, y }: Pen, text: string, module: number): void {
  const { size, dark } = codeModules(text);
  const side = module * dot;
  const left = (PAGE.width - size * side) / 2;
  dark.forEach((row, down) => {
    row.forEach((on, right) => {
      // A hair over, so that no white line shows between two dark modules.
      if (on) doc.rect(left + right * side, y + down * side, side + 0.05, side + 0.05);
    });
  });
  doc.fill('#000');
}

/** Dots. */
const heightOf = (row: Row): number => (row.type === 'code' ? codeModules(row.text).size * row.module : row.height);

/** Rows, and how large a dot of them is in points. */
interface Setting {
  readonly rows: readonly Row[];
  readonly dot: number;
}

/** One page is better than two, of which one may stay in the printer: the largest type that fits on one, else the largest there is. */
function settingOf(slip: Slip): Setting {
  const settings = a4Papers.map((paper): Setting => {
    return { rows: layOut(slip, paper), dot: (PAGE.width - 2 * PAGE.margin) / paper.dots };
  });
  const fits = ({ rows, dot }: Setting) =>
    rows.reduce((sum, row) => sum + heightOf(row), 0) * dot <= PAGE.height - 2 * PAGE.margin;
  const found = settings.find(fits) ?? settings[0];
  if (found === undefined) throw new Error('no paper');
  return found;
}

/**
 * The slip on A4, with the fonts embedded; nothing of it depends on the machine that prints. Set by the same layout as the roll.
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
    const { rows, dot } = settingOf(slip);
    const pen: Pen = { doc, dot, y: PAGE.margin };
    for (const [at, row] of rows.entries()) {
      const height = heightOf(row) * pen.dot;
      const next = rows[at + 1];
      const together = height + (row.type === 'text' && row.keep && next !== undefined ? heightOf(next) * pen.dot : 0);
      // A hair less, so that what was made to fit does.
      if (pen.y + together - 0.1 > PAGE.height - PAGE.margin && row.type !== 'gap') {
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
