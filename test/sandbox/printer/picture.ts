import { encode } from 'uqr';
import { unreachable } from '../../../main/contract/result.ts';
import type { Slip, SlipLine } from '../../../main/contract/slip.ts';

/** 80 mm paper at 8 dots a millimetre; 72 mm are printed on. */
const WIDTH = 576;
const MARGIN = 24;
const FONT = "'BIZ UDPGothic','Noto Sans CJK JP',sans-serif";

interface Piece {
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly after: number;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** Full-width characters count one em, the others a bit more than half. */
const widthOf = (text: string, size: number) =>
  [...text].reduce((sum, char) => sum + size * ((char.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.56), 0);

function wrapped(text: string, size: number): string[] {
  const lines: string[] = [];
  let line = '';
  // Latin words stay whole, Japanese breaks anywhere.
  for (const part of text.match(/[ -~]+?(?:\s|$)|[!-~]+|./gu) ?? []) {
    if (line !== '' && widthOf(line + part, size) > WIDTH - 2 * MARGIN) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return line === '' ? lines : [...lines, line.trimEnd()];
}

/** Dots of the printer for one module of a code. */
const MODULE = 6;

function codePath(text: string, top: number): { readonly path: string; readonly height: number } {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const left = (WIDTH - size * MODULE) / 2;
  const path = data
    .flatMap((row, y) =>
      row.map((dark, x) => (dark ? `M${left + x * MODULE} ${top + y * MODULE}h${MODULE}v${MODULE}h-${MODULE}z` : '')),
    )
    .join('');
  return { path, height: size * MODULE };
}

function piecesOf(line: SlipLine): (Piece | 'rule' | { readonly code: string })[] {
  const many = (text: string, size: number, bold: boolean, after: number): Piece[] =>
    wrapped(text, size).map((part, index, all) => ({
      text: part,
      size,
      bold,
      after: index === all.length - 1 ? after : size * 0.4,
    }));
  switch (line.type) {
    case 'title':
      return many(line.text, 34, true, 26);
    case 'text':
      return many(line.text, 24, false, 18);
    case 'number':
      return [...many(line.label, 22, false, 8), ...many(line.value, 46, true, 24)];
    case 'code':
      return [{ code: line.text }];
    case 'rule':
      return ['rule'];
    default:
      return unreachable(line);
  }
}

/** The slip as it would come out of the printer. @returns SVG */
export function slipPicture(slip: Slip): string {
  const parts: string[] = [];
  let y = 40;
  for (const piece of slip.lines.flatMap(piecesOf)) {
    if (piece === 'rule') {
      parts.push(`<path d="M${MARGIN} ${y}H${WIDTH - MARGIN}" stroke="#000" stroke-width="2" stroke-dasharray="6 6"/>`);
      y += 28;
      continue;
    }
    if ('code' in piece) {
      const { path, height } = codePath(piece.code, y);
      parts.push(`<path d="${path}"/>`);
      y += height + 16;
      continue;
    }
    y += piece.size;
    const weight = piece.bold ? ' font-weight="700"' : '';
    parts.push(`<text x="${MARGIN}" y="${y}" font-size="${piece.size}"${weight}>${escaped(piece.text)}</text>`);
    y += piece.after;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 40}" viewBox="0 0 ${WIDTH} ${y + 40}" font-family="${FONT}"><rect width="100%" height="100%" fill="#fff"/>${parts.join('')}</svg>\n`;
}
