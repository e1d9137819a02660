import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { recordedScan } from '../../../test/support/recorded-scan.ts';
import type { Clock } from '../ports.ts';
import { createEvdevReader } from './evdev.ts';
import type { ScannedText } from './scan-gate.ts';
import { createScannerDevice } from './scanner-device.ts';

const FORM = 'https://form.example.jp/apply?id=99002026112600000000007&x=A_b';

describe('events of a scanner', () => {
  it.each(['us', 'jis'] as const)('say the text in its own layout (%s), cut anywhere', (scanner) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 }), (cut) => {
        const reader = createEvdevReader();
        const bytes = recordedScan({ text: FORM, scanner });
        const scans = [...reader.take(bytes.subarray(0, cut)), ...reader.take(bytes.subarray(cut))];
        expect(scans.map((scan) => scan[scanner])).toEqual([FORM]);
        expect(reader.waits).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('without a line end are one after a pause; two line ends are one scan', () => {
    const reader = createEvdevReader();
    expect(reader.take(recordedScan({ text: '4901234567894', suffix: [] }))).toEqual([]);
    expect(reader.waits).toBe(true);
    expect(reader.pause()?.us).toBe('4901234567894');
    expect(reader.take(recordedScan({ text: 'A1', suffix: ['Enter', 'Enter'] })).map(({ us }) => us)).toEqual(['A1']);
  });

  it('may give every sign by its number: Alt is held while the pad types it', () => {
    const alt = 56;
    const pad = [82, 79, 80, 81, 75, 76, 77, 71, 72, 73];
    const event = (code: number, value: number) => {
      const bytes = new DataView(new ArrayBuffer(24));
      bytes.setUint16(16, 1, true);
      bytes.setUint16(18, code, true);
      bytes.setInt32(20, value, true);
      return new Uint8Array(bytes.buffer);
    };
    const byNumber = (text: string) =>
      [...text].flatMap((sign) => [
        event(alt, 1),
        ...[...String(sign.charCodeAt(0)).padStart(3, '0')].flatMap((digit) => [
          event(pad[Number(digit)] ?? 0, 1),
          event(pad[Number(digit)] ?? 0, 0),
        ]),
        event(alt, 0),
      ]);
    const read = (bytes: readonly Uint8Array[]) => {
      const reader = createEvdevReader();
      return [...bytes.flatMap((each) => reader.take(each)), reader.pause()].flatMap((scan) => (scan === null ? [] : [scan]));
    };
    const scan = { text: 'MADO1R:1234567897', us: 'MADO1R:1234567897', jis: 'MADO1R:1234567897' };
    expect(read([...byNumber(scan.text), event(28, 1), event(28, 0)])).toEqual([scan]);
    expect(read(byNumber(`${scan.text}\r`))).toEqual([scan]);
    expect(read(byNumber(scan.text))).toEqual([scan]);
  });

  it('any bytes at all: never throws, and keeps no more than 512 signs', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 3000 })), (chunks) => {
        const reader = createEvdevReader();
        for (const chunk of chunks) for (const { text } of reader.take(chunk)) expect(text.length).toBeLessThanOrEqual(512);
      }),
    );
    const reader = createEvdevReader();
    expect(reader.take(recordedScan({ text: '7'.repeat(900) }))[0]?.text).toHaveLength(512);
  });
});

/** The device is looked for every two seconds: such waits pass forty times as fast. The pause that ends a scan is a real one. */
const fastClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms < 1000 ? ms : ms / 40),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

describe('a named device', () => {
  it('is read, goes missing when it is pulled out, and comes back by itself', { timeout: 20_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'madoguchi-scanner-'));
    const path = join(folder, 'usb-scanner-event-kbd');
    // A pipe in place of the device: it gives events as they come, and ends as a device that is pulled out does.
    const plug = async (): Promise<FileHandle> => {
      execFileSync('mkfifo', [`${path}.new`]);
      renameSync(`${path}.new`, path);
      return open(path, 'w');
    };
    const scans: ScannedText[] = [];
    const seen: boolean[] = [];
    const device = createScannerDevice({
      path,
      clock: fastClock,
      log: (name, fields) => {
        if (name === 'scanner.device' && fields !== undefined && 'there' in fields) seen.push(fields.there === true);
      },
      onScan: (scan) => scans.push(scan),
    });
    device.start();
    expect(device.state).toBe('missing');
    for (const text of ['MADO1R:1234567897', '4901234567894']) {
      const cable = await plug();
      await vi.waitFor(() => expect(device.state).toBe('there'), 5000);
      await cable.write(recordedScan({ text }));
      await vi.waitFor(() => expect(scans.at(-1)?.us).toBe(text), 5000);
      // Half a scan, and the plug is pulled.
      await cable.write(recordedScan({ text: '123', suffix: [] }));
      rmSync(path);
      await cable.close();
      await vi.waitFor(() => expect(seen.at(-1)).toBe(false), 5000);
    }
    device.stop();
    expect(scans.map(({ us }) => us)).toEqual(['MADO1R:1234567897', '4901234567894']);
    expect(seen).toEqual([false, true, false, true, false]);
    rmSync(folder, { recursive: true });
  });
});
