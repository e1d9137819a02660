import { Buffer } from 'node:buffer';

const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
/** Orientation, in the first directory of an Exif segment (CIPA DC-008, 4.6.4 A). 1: as it stands. */
const ORIENTATION = 0x0112;
/** The standard's form, and one that some programs write instead. */
const SHORT = 3;
const LONG = 4;

/** Whether an APP1 segment says that the picture is to be turned or mirrored when it is shown. Without the segment it would lie on its side. */
export function saysTurned(body: Uint8Array): boolean {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.toString('latin1', 0, EXIF.length) === EXIF) return exifTurned(bytes.subarray(EXIF.length));
  if (bytes.toString('latin1', 0, XMP.length) === XMP)
    return /tiff:Orientation\s*(?:=\s*["']|>)\s*[2-8]/.test(bytes.toString('latin1'));
  return false;
}

/** @param tiff from its byte order mark on; what cannot be read says nothing */
function exifTurned(tiff: Buffer): boolean {
  const order = tiff.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return false;
  const little = order === 'II';
  const two = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const four = (at: number) => (at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = four(4);
  for (let entry = 0; entry < two(directory); entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return false;
    if (two(at) !== ORIENTATION || ![SHORT, LONG].includes(two(at + 2))) continue;
    const value = two(at + 2) === SHORT ? two(at + 8) : four(at + 8);
    return value >= 2 && value <= 8;
  }
  return false;
}
