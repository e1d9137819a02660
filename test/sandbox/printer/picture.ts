import type { Slip } from '../../../main/contract/slip.ts';
import { drawRows } from '../../../main/core/print/draw/picture.ts';
import { layOut } from '../../../main/core/print/layout/lay-out.ts';
import { rolls } from '../../../main/core/print/layout/paper.ts';
import { bitmapToPng } from './png.ts';

/** White around what is printed: a roll of 58 or 80 mm has it too. */
const MARGIN = 24;

/** The slip as it would come out of the printer. @returns PNG */
export function slipPicture(slip: Slip, mm: 58 | 80): Buffer {
  return bitmapToPng(drawRows(layOut(slip, rolls[mm]), rolls[mm], MARGIN));
}
