import { type Application, type FileNode, TEXT_AID } from './image.ts';

/**
 * 券面事項入力補助AP (SOURCES.md, Card: text application), with invented content. The kiosk must never come here (invariant 7). It is
 * on the
 * card so that a kiosk which tried would succeed, and only the log of commands would convict it.
 */
const NUMBER = '999999999999'; // not a My Number: the check digit of 99999999999 is 6
const field = (tag: number, value: Uint8Array | string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([0xdf, tag, bytes.length]), bytes]);
};

function attributes(): Buffer {
  const fields = [field(0x22, '試験　太郎'), field(0x23, '試験県窓口市架空町0丁目'), field(0x24, '19900101'), field(0x25, '1')];
  const offsets = Buffer.alloc(8);
  let at = 3 + 3 + offsets.length;
  for (const [index, one] of fields.entries()) {
    offsets.writeUInt16BE(at, index * 2);
    at += one.length;
  }
  const body = Buffer.concat([field(0x21, offsets), ...fields]);
  return Buffer.concat([Buffer.from([0xff, 0x20, body.length]), body]);
}

const pin = (value: string, max: number, tries = max): FileNode => ({ kind: 'pin', value, max, tries, lockedToQuery: false });

/** PIN 0011 is 9999; 照合番号A (0014), B (0015): SOURCES.md, Card: text application. Their try limit is not established: 10. */
export const textApplication: Application = {
  aid: TEXT_AID,
  files: new Map<number, FileNode>([
    [
      0x0001,
      {
        kind: 'data',
        bytes: Buffer.concat([Buffer.from([0xff, 0x10, 0x0c]), Buffer.from(NUMBER), Buffer.from([0xff, 0xff])]),
        needs: [0x0011, 0x0014],
      },
    ],
    [0x0002, { kind: 'data', bytes: attributes(), needs: [0x0011, 0x0015] }],
    [0x0008, { kind: 'data', bytes: Buffer.alloc(16, 0xff), needs: [] }],
    [0x0011, pin('9999', 3)],
    [0x0012, pin('0000', 3, 0)],
    [0x0014, pin(NUMBER, 10)],
    [0x0015, pin('02010120350000', 10)],
  ]),
};
