import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { pictureOf } from '../../../test/support/pictures.ts';
import { runs } from '../../../test/support/runs.ts';
import { KIOSK_PHOTO, PHOTO } from '../../contract/application.ts';
import { readPhoto } from './jpeg.ts';

const good = pictureOf(1);
const small = pictureOf(2, { width: 490, height: 630 });

/** A marker's segment. */
const segment = (marker: number, body: Uint8Array | string): Uint8Array => {
  const content = Buffer.from(body as Uint8Array);
  return Buffer.concat([Uint8Array.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255), content]);
};
/** With more segments right after the JFIF header (20 bytes with SOI). */
const withSegments = (...more: Uint8Array[]) => Buffer.concat([good.subarray(0, 20), ...more, good.subarray(20)]);
const find = (marker: number) => Buffer.from(good).indexOf(Uint8Array.of(0xff, marker));
const changed = (at: number, ...bytes: number[]) => {
  const copy = Uint8Array.from(good);
  copy.set(bytes, at);
  return copy;
};
const frame = find(0xc0);

const taken = (bytes: Uint8Array) => {
  const read = readPhoto(bytes);
  if (!read.ok) throw new Error(read.error);
  return Buffer.from(read.value);
};
const problem = (bytes: Uint8Array) => {
  const read = readPhoto(bytes);
  return read.ok ? 'taken' : read.error;
};

describe('takes', () => {
  it('what the page makes, byte for byte', () => {
    expect(taken(good).equals(good)).toBe(true);
    expect(taken(small).equals(small)).toBe(true);
  });

  it('a progressive one', () => {
    expect(taken(changed(frame + 1, 0xc2))[frame + 1]).toBe(0xc2);
  });

  it('a copy, not a view', () => {
    const source = Uint8Array.from(good);
    const copy = taken(source);
    source.fill(0);
    expect(copy.equals(good)).toBe(true);
  });

  it('without EXIF, XMP, colour profile, comments, thumbnail, and what comes after the end', () => {
    const secret = 'taken at 35.6895N 139.6917E';
    const thumb = Uint8Array.from(good.subarray(6, 20));
    thumb.set([1, 1], 12);
    const dressed = Buffer.concat([
      good.subarray(0, 2),
      segment(0xe0, Buffer.concat([thumb, Uint8Array.of(1, 2, 3)])),
      segment(0xe1, `Exif\0\0${secret}`),
      segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${secret}`),
      segment(0xe2, `ICC_PROFILE\0${secret}`),
      segment(0xe0, `JFXX\0${secret}`),
      segment(0xed, secret),
      segment(0xee, Buffer.concat([Buffer.from('Adobe'), Uint8Array.of(0, 100, 0, 0, 0, 0, 1)])),
      segment(0xfe, secret),
      good.subarray(20),
      Buffer.from(secret),
    ]);
    const clean = taken(dressed);
    expect(clean.equals(good)).toBe(true);
    // Still a picture.
    expect(jpeg.decode(clean, { useTArray: true })).toMatchObject({ width: KIOSK_PHOTO.width, height: KIOSK_PHOTO.height });
  });

  it('one pixel off 45:35 is rounding', () => {
    expect(problem(changed(frame + 5, 0x03, 0x85))).toBe('taken');
    expect(problem(changed(frame + 5, 0x03, 0x83))).toBe('taken');
    expect(problem(changed(frame + 5, 0x03, 0x86))).toBe('shape');
  });
});

describe('refuses', () => {
  it.each([
    ['nothing', Uint8Array.of(), 'not-jpeg'],
    ['a PNG, whatever it is called', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), good]), 'not-jpeg'],
    ['a GIF', Buffer.from(`GIF89a${'x'.repeat(30_000)}`), 'not-jpeg'],
    ['a web page', Buffer.from(`<!doctype html>${' '.repeat(30_000)}`), 'not-jpeg'],
    ['SOI and EOI', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), 'broken'],
    ['CMYK', withFrame(4), 'kind'],
    ['grey', withFrame(1), 'kind'],
    ['12 bit', changed(frame + 4, 12), 'kind'],
    ['extended', changed(frame + 1, 0xc1), 'kind'],
    ['lossless', changed(frame + 1, 0xc3), 'kind'],
    ['arithmetic coding', changed(frame + 1, 0xc9), 'kind'],
    [
      'RGB that is not converted',
      withSegments(segment(0xee, Buffer.concat([Buffer.from('Adobe'), Uint8Array.of(0, 100, 0, 0, 0, 0, 0)]))),
      'kind',
    ],
    ['no height yet (DNL)', changed(frame + 5, 0, 0), 'size'],
    ['479 px wide', changed(frame + 5, 0x02, 0x68, 0x01, 0xdf), 'size'],
    ['6001 px high', changed(frame + 5, 0x17, 0x71, 0x12, 0x3b), 'size'],
    ['landscape', changed(frame + 5, 0x02, 0xbc, 0x03, 0x84), 'shape'],
    ['two frames', withSegments(good.subarray(frame, frame + 19)), 'broken'],
    ['a component twice', changed(frame + 13, 1), 'broken'],
    ['a sampling factor of 0', changed(frame + 11, 0x01), 'broken'],
    ['a scan of a component that is not there', changed(find(0xda) + 5, 9), 'broken'],
    ['two JPEGs, the first without data', Buffer.concat([Uint8Array.of(0xff, 0xd8), good]), 'kind'],
  ])('%s', (_, bytes, why) => {
    expect(problem(bytes)).toBe(why);
  });

  /** An Exif segment with some tags before the orientation. */
  const exif = (orientation: number, little: boolean) => {
    const tiff = Buffer.alloc(8 + 2 + 3 * 12 + 4);
    const [two, four] = little
      ? [(v: number, at: number) => tiff.writeUInt16LE(v, at), (v: number, at: number) => tiff.writeUInt32LE(v, at)]
      : [(v: number, at: number) => tiff.writeUInt16BE(v, at), (v: number, at: number) => tiff.writeUInt32BE(v, at)];
    tiff.write(little ? 'II' : 'MM', 0, 'latin1');
    two(42, 2);
    four(8, 4);
    two(3, 8);
    for (const [index, [tag, value]] of [
      [0x0100, 700],
      [0x0112, orientation],
      [0x0128, 2],
    ].entries()) {
      const at = 10 + index * 12;
      two(tag ?? 0, at);
      two(3, at + 2);
      four(1, at + 4);
      two(value ?? 0, at + 8);
    }
    return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
  };
  it.each([2, 3, 4, 5, 6, 7, 8])('one that its EXIF turns: orientation %i', (orientation) => {
    for (const little of [true, false]) expect(problem(withSegments(exif(orientation, little)))).toBe('turned');
    const packet = `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:Description tiff:Orientation="${orientation}"/></x:xmpmeta>`;
    expect(problem(withSegments(segment(0xe1, packet)))).toBe('turned');
    expect(problem(withSegments(segment(0xe1, packet.replace(/="(.)"\/>/, '><tiff:Orientation>$1</tiff:Orientation>'))))).toBe(
      'turned',
    );
  });
  it.each([3, 6, 8])('one whose orientation %i is written in another form than the standard wants', (orientation) => {
    // As a LONG (4), where the value fills four bytes; in XMP with white space around it, or in single quotes.
    for (const little of [true, false]) {
      const long = Buffer.from(exif(orientation, little));
      const entry = 4 + 6 + 10 + 12;
      const tiff = long.subarray(entry);
      if (little) tiff.writeUInt16LE(4, 2);
      else tiff.writeUInt16BE(4, 2);
      if (little) tiff.writeUInt32LE(orientation, 8);
      else tiff.writeUInt32BE(orientation, 8);
      expect(problem(withSegments(long))).toBe('turned');
    }
    for (const said of [
      `<tiff:Orientation>\n ${orientation}\n</tiff:Orientation>`,
      `<rdf:Description tiff:Orientation = '${orientation}'/>`,
    ])
      expect(problem(withSegments(segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${said}</x:xmpmeta>`)))).toBe('turned');
  });
  it('not one that its EXIF leaves as it is, or says nothing of', () => {
    for (const little of [true, false]) {
      expect(problem(withSegments(exif(1, little)))).toBe('taken');
      expect(problem(withSegments(exif(0, little)))).toBe('taken');
    }
  });

  it('too few bytes and too many', () => {
    const plain = pictureOf(3, { noise: 0, quality: 5 });
    expect(plain.length).toBeLessThan(PHOTO.leastBytes);
    expect(problem(plain)).toBe('bytes');
    // Comments do not make up for it: what is kept counts.
    const padded = Buffer.concat([plain.subarray(0, 20), segment(0xfe, Buffer.alloc(30_000)), plain.subarray(20)]);
    expect(problem(padded)).toBe('bytes');
    expect(problem(Buffer.concat([good, Buffer.alloc(KIOSK_PHOTO.mostBytes)]))).toBe('bytes');
  });
});

/** The frame with another number of components. */
function withFrame(count: number): Uint8Array {
  const components = Array.from({ length: count }, (_, n) => [n + 1, 0x11, 0]).flat();
  const body = Uint8Array.of(8, 0x03, 0x84, 0x02, 0xbc, count, ...components);
  return Buffer.concat([good.subarray(0, frame), segment(0xc0, body), good.subarray(frame + 19)]);
}

describe('hostile bytes', () => {
  it('cut at every length: never taken, never thrown', () => {
    // Every cut in the headers and at the end; in the coded data, where all bytes are alike, every 97th.
    const scan = find(0xda) + 200;
    for (let length = 0; length < good.length; length += length < scan || length > good.length - 500 ? 1 : 97) {
      expect(problem(good.subarray(0, length))).not.toBe('taken');
    }
  });

  it('flipped, random, nested, looping: never thrown, and what is taken is inside the limits', () => {
    const flipped = fc
      .array(fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 30 })
      .map((changes) => {
        const copy = Uint8Array.from(good);
        for (const [at, value] of changes) copy[at < good.length / 2 ? at % 700 : at] = value;
        return copy;
      });
    const random = fc.uint8Array({ maxLength: 3000 });
    const begun = random.map((bytes) => Buffer.concat([good.subarray(0, frame + 19), bytes]));
    const marked = fc
      .array(fc.tuple(fc.integer({ min: 0xc0, max: 0xff }), fc.uint8Array({ maxLength: 40 })), { maxLength: 30 })
      .map((parts) => withSegments(...parts.map(([marker, body]) => segment(marker, body))));
    fc.assert(
      fc.property(fc.oneof(flipped, random, begun, marked), (bytes) => {
        const read = readPhoto(bytes);
        if (!read.ok) return;
        expect(read.value.length).toBeGreaterThanOrEqual(PHOTO.leastBytes);
        expect(read.value.length).toBeLessThanOrEqual(bytes.length);
        // Reading it once more changes nothing.
        expect(Buffer.from(taken(read.value)).equals(read.value)).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  });
});
