import { unreachable } from '../../../contract/result.ts';
import type { Slip } from '../../../contract/slip.ts';
import { drawRows } from '../draw/picture.ts';
import type { Glyph } from '../layout/characters.ts';
import { layOut, type Row } from '../layout/lay-out.ts';
import type { Paper } from '../layout/paper.ts';
import * as command from './commands.ts';
import { kanjiCode } from './kanji.ts';

/** Modules of white around a code, which a printer leaves to us. */
const QUIET = 4;

export interface EscposForm {
  readonly paper: Paper;
  /** The printer has a kanji font; without one everything goes as a picture. */
  readonly kanji: boolean;
  /** `picture`: for printers that print the command for QR codes (GS ( k) as text. */
  readonly qr: 'command' | 'picture';
}

/** The slip as one stream of bytes, from ESC @ to the cut. */
export function writeSlip(slip: Slip, form: EscposForm): Buffer {
  const rows = layOut(slip, form.paper);
  return Buffer.concat([
    command.initialise,
    form.kanji ? command.japanese : command.units,
    ...rows.map((row) => (form.kanji ? rowBytes(row, form) : pictureOf(row, form.paper))),
    command.cut,
  ]);
}

function rowBytes(row: Row, { paper, qr }: EscposForm): Buffer {
  switch (row.type) {
    case 'text': {
      const codes = codesOf(row.glyphs);
      if (codes === null) return pictureOf(row, paper);
      return Buffer.concat([
        command.pitch(row.height),
        command.size(row.scale),
        command.emphasised(row.bold),
        codes,
        command.lineFeed,
      ]);
    }
    case 'gap':
      return command.feed(row.height);
    case 'rule':
      return Buffer.concat([
        command.pitch(row.height),
        command.size(1),
        command.emphasised(false),
        Buffer.from('-'.repeat(paper.columns), 'latin1'),
        command.lineFeed,
      ]);
    case 'code': {
      if (qr === 'picture') return pictureOf(row, paper);
      const quiet = command.feed(QUIET * row.module);
      const code = command.qrCode(row.text, row.module);
      return Buffer.concat([quiet, command.align('centre'), code, command.align('left'), quiet]);
    }
    default:
      return unreachable(row);
  }
}

/** `null`: the printer's font lacks one of them. */
function codesOf(glyphs: readonly Glyph[]): Buffer | null {
  const codes: Buffer[] = [];
  for (const { text, width } of glyphs) {
    const code = kanjiCode(text);
    // A character must take as much room as the layout gave it.
    if (code === null || code.length !== width) return null;
    codes.push(code);
  }
  return Buffer.concat(codes);
}

function pictureOf(row: Row, paper: Paper): Buffer {
  if (row.type === 'gap') return command.feed(row.height);
  const { width, height, data } = drawRows([row], paper);
  return command.raster(width, height, data);
}
