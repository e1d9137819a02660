import PDFDocument from 'pdfkit';
import { ASCENT, type FontPart, GETA, type Weight, wholePart } from '../../print/draw/fonts.ts';

/** A4 in points, with a margin that every printer can keep. */
export const PAGE = { width: 595.28, height: 841.89, margin: 42 } as const;
export const INNER = PAGE.width - 2 * PAGE.margin;
/** Dark enough in a black and white print to be told apart by lightness. */
export const INK = { text: '#1a1a1a', soft: '#595959', line: '#b3b3b3', bar: '#264af4', pale: '#e8f1fe' } as const;

interface Words {
  readonly size?: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly width?: number;
  readonly align?: 'left' | 'right' | 'center';
}

/** One PDF on its way. y grows downwards. */
export interface Paper {
  /** One line, never wrapped: what is too long is cut. @returns its height */
  text(words: string, x: number, y: number, options?: Words): number;
  box(x: number, y: number, width: number, height: number, fill: string): void;
  /** A bar whose length is not told: an outline with stripes. */
  hatch(x: number, y: number, width: number, height: number): void;
  line(x1: number, y1: number, x2: number, y2: number): void;
  page(): void;
  end(): Promise<Uint8Array>;
}

/** Words that one font has. */
interface Run {
  readonly part: FontPart;
  words: string;
}
/** BIZ UDPGothic and, for the few characters that it lacks, Noto Sans JP. */
function runsOf(words: string, weight: Weight): Run[] {
  const runs: Run[] = [];
  for (const sign of words) {
    const own = wholePart(sign, weight);
    const part = own ?? wholePart(GETA, weight);
    if (part === null) throw new Error('the font is not whole');
    const last = runs.at(-1);
    const set = own === null ? GETA : sign;
    if (last === undefined || last.part !== part) runs.push({ part, words: set });
    else last.words += set;
  }
  return runs;
}

/** How much of what is left over stands before the words. */
const BEFORE = { left: 0, center: 0.5, right: 1 } as const;

/** Writes lines of words, each in the fonts that have its signs. */
function lineWriter(doc: PDFKit.PDFDocument): Paper['text'] {
  const known = new Set<string>();
  const choose = ({ key, file }: FontPart) => {
    if (!known.has(key)) doc.registerFont(key, file);
    known.add(key);
    return doc.font(key);
  };
  return (words, x, y, { size = 9, bold = false, colour = INK.text, width = INNER, align = 'left' } = {}) => {
    const runs = runsOf(words, bold ? 700 : 400);
    doc.fontSize(size).fillColor(colour);
    const widthOf = ({ part, words: own }: Run) => choose(part).widthOfString(own);
    const [only] = runs;
    const how = { lineBreak: false, height: size * 1.5, ellipsis: '…', baseline: 'alphabetic' } as const;
    // All fonts stand on one line, whatever each calls its top.
    const line = y + ASCENT * size;
    if (only !== undefined && runs.length === 1) {
      choose(only.part).text(only.words, x, line, { ...how, width, align });
      return size * 1.5;
    }
    const left = Math.max(0, width - runs.reduce((sum, run) => sum + widthOf(run), 0));
    let at = x + left * BEFORE[align];
    for (const run of runs) {
      const taken = widthOf(run);
      choose(run.part).text(run.words, at, line, { ...how, width: Math.max(0, x + width - at) + 0.1 });
      at += taken;
      if (at >= x + width) break;
    }
    return size * 1.5;
  };
}

/** @param at of making, epoch ms */
export function createPaper(title: string, at: number): Paper {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    // No font to begin with: the library's own lie in files that a package does not have.
    font: '',
    bufferPages: true,
    lang: 'ja-JP',
    displayTitle: true,
    info: { Title: title, CreationDate: new Date(at), Producer: 'madoguchi', Creator: 'madoguchi' },
  });
  const text = lineWriter(doc);
  const number = () => {
    const { count } = doc.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      doc.switchToPage(page);
      text(`${page + 1} / ${count}`, PAGE.margin, PAGE.height - 30, { size: 8, colour: INK.soft, align: 'center' });
    }
  };
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve) => doc.on('end', resolve));
  return {
    text,
    box: (x, y, width, height, fill) => void doc.rect(x, y, width, height).fill(fill),
    hatch(x, y, width, height) {
      doc.save().rect(x, y, width, height).clip();
      doc.lineWidth(0.6).strokeColor(INK.soft);
      for (let at = -height; at < width; at += 3)
        doc
          .moveTo(x + at, y + height)
          .lineTo(x + at + height, y)
          .stroke();
      doc.restore();
      doc.lineWidth(0.6).rect(x, y, width, height).stroke(INK.soft);
    },
    line: (x1, y1, x2, y2) => void doc.lineWidth(0.6).moveTo(x1, y1).lineTo(x2, y2).stroke(INK.line),
    page: () => void doc.addPage(),
    async end() {
      number();
      doc.end();
      await finished;
      return Buffer.concat(chunks);
    },
  };
}
