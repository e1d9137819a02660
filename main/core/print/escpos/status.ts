import type { PrintFailure } from '../../../contract/slip.ts';

/** What a printer said, as it comes byte by byte. `real-time`: to DLE EOT; `change`: by itself (GS a); `done`: to GS r. */
export type Said =
  | { readonly kind: 'real-time'; readonly byte: number }
  | { readonly kind: 'change'; readonly trouble: PrintFailure | null; readonly paperLow: boolean }
  | { readonly kind: 'done' };

/** Fixed bits tell the three kinds of answer apart. */
const isRealTime = (byte: number) => (byte & 0x93) === 0x12;
const isChange = (byte: number) => (byte & 0x93) === 0x10;
const isRest = (byte: number) => (byte & 0x90) === 0;
/** XON and XOFF, which come between the bytes of an answer. */
const isFlowControl = (byte: number) => byte === 0x11 || byte === 0x13;

/**
 * Takes answers apart, however they were cut on the way. A byte that is none of ours is dropped. In a group it spoils the group and no more: the bytes
 * after it look like answers to GS r, and would say that a slip is on paper.
 */
export function createStatusReader(told: (said: Said) => void): (bytes: Uint8Array) => void {
  let group: number[] = [];
  return (bytes) => {
    for (const byte of bytes) {
      if (isRealTime(byte)) told({ kind: 'real-time', byte });
      else if (isChange(byte)) group = [byte];
      else if (isFlowControl(byte)) continue;
      else if (group.length > 0) {
        group.push(byte);
        if (group.length < 4) continue;
        if (group.slice(1).every(isRest)) told({ kind: 'change', trouble: changeTrouble(group), paperLow: groupLow(group) });
        group = [];
      } else if (isRest(byte)) told({ kind: 'done' });
    }
  };
}

/** Either of the near-end sensor's bits, and neither of those of paper that is out. */
const groupLow = ([, , third = 0]: readonly number[]): boolean => (third & 0x03) !== 0 && (third & 0x0c) === 0;

/** The four bytes of GS a. An open cover often reads as no paper too: it comes first. */
function changeTrouble([first = 0, second = 0, third = 0]: readonly number[]): PrintFailure | null {
  if ((first & 0x20) !== 0) return 'cover-open';
  if ((third & 0x0c) !== 0) return 'paper-out';
  if ((second & 0x2c) !== 0) return 'refused';
  return (first & 0x08) === 0 ? null : 'offline';
}

/**
 * The four answers to DLE EOT 1 to 4. Paper that is only near its end is no trouble: it prints.
 * `refused`: the printer is there and will not print (knife stuck, broken).
 */
export function realTimeTrouble(printer: number, cause: number, error: number, paper: number): PrintFailure | null {
  if ((cause & 0x04) !== 0) return 'cover-open';
  if ((paper & 0x60) !== 0 || (cause & 0x20) !== 0) return 'paper-out';
  if ((error & 0x2c) !== 0 || (cause & 0x40) !== 0) return 'refused';
  return (printer & 0x08) === 0 ? null : 'offline';
}

/** The answer to DLE EOT 4: the near-end sensor sees little paper. Paper that is out is another thing. */
export const paperNearEnd = (paper: number): boolean => (paper & 0x0c) !== 0 && (paper & 0x60) === 0;
