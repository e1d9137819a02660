import { Buffer } from 'node:buffer';
import { KIOSK_PHOTO, PHOTO } from '../../contract/application.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import { createReader, type Reader } from './bytes.ts';
import { saysTurned } from './orientation.ts';

/**
 * Why a picture is not taken. `not-jpeg`: other bytes. `broken`: cut off, or not as the standard wants it. `kind`: a JPEG of a kind the
 * office does not take (grey, CMYK, lossless, 12 bit). `turned`: its EXIF or XMP says that it lies on a side, and the picture itself is not turned. `size`, `shape`: pixels a side, height to width. `bytes`: too few or too many.
 */
export type PhotoProblem = 'not-jpeg' | 'broken' | 'kind' | 'turned' | 'size' | 'shape' | 'bytes';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP14 = 0xee;
const COM = 0xfe;
const BASELINE = 0xc0;
const PROGRESSIVE = 0xc2;
/** Tables: Huffman, quantisation, restart interval. */
const KEPT = new Set([0xc4, 0xdb, 0xdd]);
const isApp = (marker: number) => marker >= APP0 && marker <= 0xef;

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: readonly number[];
}

/** JFIF header without the thumbnail that may follow it. `null`: another APP0. */
function jfif(body: Uint8Array): Uint8Array | null {
  if (body.length < 14 || Buffer.from(body.subarray(0, 5)).toString('latin1') !== 'JFIF\0') return null;
  const kept = Uint8Array.from(body.subarray(0, 14));
  kept.set([0, 0], 12);
  return kept;
}

/** Adobe's mark that the three components are RGB as they stand: without it the colours would be read wrongly, so such a file is refused. */
const unconverted = (body: Uint8Array): boolean =>
  Buffer.from(body.subarray(0, 5)).toString('latin1') === 'Adobe' && body[11] !== 1;

function readFrame(body: Uint8Array): Result<Frame, PhotoProblem> {
  const [precision = 0, h1 = 0, h0 = 0, w1 = 0, w0 = 0, count = 0] = body;
  if (body.length < 6 || body.length !== 6 + 3 * count) return err('broken');
  if (precision !== 8 || count !== 3) return err('kind');
  const components = [0, 1, 2].map((at) => ({ id: body[6 + 3 * at] ?? 0, sampling: body[7 + 3 * at] ?? 0 }));
  const factorsFit = components.every(({ sampling }) => [sampling >> 4, sampling & 15].every((one) => one >= 1 && one <= 4));
  const ids = components.map(({ id }) => id);
  if (!factorsFit || new Set(ids).size !== 3) return err('broken');
  return ok({ width: w1 * 256 + w0, height: h1 * 256 + h0, components: ids });
}

/** A scan's header, and that it names components of the frame. */
function scanFits(body: Uint8Array, { components }: Frame): boolean {
  const count = body[0] ?? 0;
  const named = Array.from({ length: count }, (_, at) => body[1 + 2 * at] ?? -1);
  return count >= 1 && count <= 3 && body.length === 4 + 2 * count && named.every((id) => components.includes(id));
}

/** Everything but the limits: walks the markers and copies what may stay. */
function walk(reader: Reader): Result<{ readonly frame: Frame; readonly kept: readonly Uint8Array[] }, PhotoProblem> {
  if (reader.marker() !== SOI) return err('not-jpeg');
  const kept: Uint8Array[] = [Uint8Array.of(0xff, SOI)];
  let frame: Frame | null = null;
  let scanned = false;
  for (;;) {
    const marker = reader.marker();
    if (marker === null) return err('broken');
    if (marker === EOI) {
      kept.push(Uint8Array.of(0xff, EOI));
      return frame !== null && scanned ? ok({ frame, kept }) : err('broken');
    }
    const body = reader.segment();
    if (body === null) return err('broken');
    const keep = (content: Uint8Array) => {
      const length = content.length + 2;
      kept.push(Uint8Array.of(0xff, marker, length >> 8, length & 255), content);
    };
    if (marker === BASELINE || marker === PROGRESSIVE) {
      if (frame !== null) return err('broken');
      const read = readFrame(body);
      if (!read.ok) return read;
      frame = read.value;
      keep(body);
    } else if (marker === SOS) {
      if (frame === null || !scanFits(body, frame)) return err('broken');
      const data = reader.scan();
      if (data === null) return err('broken');
      keep(body);
      kept.push(data);
      scanned = true;
    } else if (marker === APP0) {
      const header = jfif(body);
      // Only as the very first: a later one would be somebody's own use of it.
      if (header !== null && kept.length === 1) keep(header);
    } else if (marker === APP1 && saysTurned(body)) return err('turned');
    else if (marker === APP14 && unconverted(body)) return err('kind');
    else if (KEPT.has(marker)) keep(body);
    else if (!isApp(marker) && marker !== COM) return err('kind');
  }
}

function outOfLimits({ width, height }: Frame, length: number): PhotoProblem | null {
  if ([width, height].some((side) => side < PHOTO.leastSide || side > PHOTO.mostSide)) return 'size';
  // A pixel off is rounding.
  if (Math.abs(height - (width * PHOTO.height) / PHOTO.width) > 1) return 'shape';
  return length < PHOTO.leastBytes || length > Math.min(PHOTO.mostBytes, KIOSK_PHOTO.mostBytes) ? 'bytes' : null;
}

/**
 * Takes a picture in: a JPEG with three components of 8 bit, baseline or progressive, inside the official limits (SOURCES.md,
 * Card application: photo). Reads markers only and decodes nothing: what is in the picture is the platform's to judge.
 * @returns a copy without EXIF, XMP, colour profile, thumbnail, comments, and whatever came after the end
 */
export function readPhoto(bytes: Uint8Array): Result<Uint8Array, PhotoProblem> {
  if (bytes.length > KIOSK_PHOTO.mostBytes) return err('bytes');
  const walked = walk(createReader(bytes));
  if (!walked.ok) return walked;
  const { frame, kept } = walked.value;
  const length = kept.reduce((sum, piece) => sum + piece.length, 0);
  const problem = outOfLimits(frame, length);
  if (problem !== null) return err(problem);
  const copy = new Uint8Array(length);
  let at = 0;
  for (const piece of kept) {
    copy.set(piece, at);
    at += piece.length;
  }
  return ok(copy);
}
