import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { unpackWoff } from './woff.ts';

/** A4 in points, with a margin that every printer can keep. */
export const PAGE = { width: 595.28, height: 841.89, margin: 42 } as const;
export const INNER = PAGE.width - 2 * PAGE.margin;
/** Dark enough in a black and white print to be told apart by lightness. */
export const INK = { text: '#1a1a1a', soft: '#595959', line: '#b3b3b3', bar: '#264af4', pale: '#e8f1fe' } as const;

export interface Words {
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

const require = createRequire(import.meta.url);
const GETA = '〓';
let fonts: { readonly regular: Buffer; readonly bold: Buffer } | null = null;

function theFonts() {
  const font = (weight: 400 | 700) =>
    unpackWoff(readFileSync(require.resolve(`@fontsource/biz-udpgothic/files/biz-udpgothic-japanese-${weight}-normal.woff`)));
  fonts ??= { regular: font(400), bold: font(700) };
  return fonts;
}

/** What pdfkit knows of the font that is set, beyond its types: whether a character has a picture. */
interface Glyphs {
  readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } };
}

/** @param at of making, epoch ms */
export function createPaper(title: string, at: number): Paper {
  const { regular, bold } = theFonts();
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
  doc.registerFont('regular', regular);
  doc.registerFont('bold', bold);
  const number = () => {
    const { count } = doc.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      doc.switchToPage(page);
      doc.font('regular').fontSize(8).fillColor(INK.soft);
      doc.text(`${page + 1} / ${count}`, PAGE.margin, PAGE.height - 30, { width: INNER, align: 'center', lineBreak: false });
    }
  };
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve) => doc.on('end', resolve));
  const printable = (words: string) => {
    const { font } = (doc as unknown as Glyphs)._font;
    return Array.from(words, (sign) => (font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0) ? sign : GETA)).join('');
  };
  return {
    text(words, x, y, { size = 9, bold: heavy = false, colour = INK.text, width = INNER, align = 'left' } = {}) {
      doc
        .font(heavy ? 'bold' : 'regular')
        .fontSize(size)
        .fillColor(colour);
      doc.text(printable(words), x, y, { width, align, lineBreak: false, height: size * 1.5, ellipsis: '…' });
      return size * 1.5;
    },
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
