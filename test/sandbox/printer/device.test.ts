import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEscposPrinter, openDevice } from '../../../main/core/print/escpos/printer.ts';
import { type SetLine, setSerialLine } from '../../../main/core/print/escpos/serial-line.ts';
import { rolls } from '../../../main/core/print/layout/paper.ts';
import { slipFor } from '../../../main/core/print/slips.ts';
import { systemClock } from '../../../main/hosts/core/system.ts';
import { testFolder } from '../../support/test-folder.ts';
import { startVirtualPrinter, type VirtualPrinter } from './virtual-printer.ts';

/**
 * A printer behind a character device: a terminal's line (Debian's `script` makes one), whose other end is tied to the virtual printer. What
 * the kiosk opens is a real device file, without a network in between.
 */
interface Device {
  readonly path: string;
  unplug(): Promise<void>;
}

/** @param modes of the line before the kiosk opens it: `''` as the system makes it, cooked and with echo */
async function makeDevice(virtual: VirtualPrinter, modes = 'stty raw -echo;'): Promise<Device> {
  // Kept open for as long as the device is plugged in.
  const line: ChildProcess = spawn('script', ['-qefc', `${modes} tty; exec sleep 300`, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const { port } = new URL(virtual.device);
  const printer: Socket = connect(Number(port), '127.0.0.1');
  const path = await new Promise<string>((found) => {
    line.stdout?.once('data', (bytes: Buffer) => found(bytes.toString('latin1').trim()));
  });
  line.stdout?.pipe(printer);
  if (line.stdin !== null) printer.pipe(line.stdin);
  printer.on('error', () => {});
  line.stdin?.on('error', () => {});
  return {
    path,
    unplug: () =>
      new Promise((gone) => {
        if (line.exitCode !== null || line.signalCode !== null) return gone();
        line.once('exit', () => gone());
        line.kill('SIGKILL');
        printer.destroy();
      }),
  };
}

const TIMES = { connectMs: 500, statusMs: 500, printMs: 3000 };
const printerAt = (path: string, setLine?: SetLine, times = TIMES) => {
  const open = openDevice(path, systemClock, times, setLine);
  if (open === null) throw new Error('no address');
  return createEscposPrinter({ open, clock: systemClock, times, paper: rolls[80], kanji: true, qr: 'command' });
};
const slip = (id: string) =>
  slipFor(
    { kind: 'received', act: 'set-up', receipt: '1234567897' },
    { id, language: 'ja', terminal: 'TOWN-01', now: Date.UTC(2026, 10, 23, 15, 30), large: false },
  );

let virtual: VirtualPrinter;
let device: Device;
beforeEach(async () => {
  virtual = await startVirtualPrinter(rolls[80].dots);
  device = await makeDevice(virtual);
});
afterEach(async () => {
  await device.unplug();
  await virtual.close();
});

it('prints through a device file, and reads the state back through it', async () => {
  const printer = printerAt(device.path);
  expect(await printer.check()).toEqual({ ok: true, value: null });
  expect(await printer.print(slip('a'))).toEqual({ ok: true, value: null });
  expect(virtual.pieces).toHaveLength(1);
  expect(virtual.unknown).toEqual([]);
  virtual.trouble('paper-out');
  expect(await printer.check()).toEqual({ ok: false, error: 'paper-out' });
});

it.each([
  ['as the system makes it', ''],
  ['with every change of characters on', 'stty sane onlcr ocrnl icrnl igncr iexten ixon ixoff istrip echo echoctl;'],
])('a serial line %s is set up by the driver: no echo to the printer, and every byte as it is', async (_, modes) => {
  const other = await startVirtualPrinter(rolls[80].dots);
  const cooked = await makeDevice(other, modes);
  try {
    const printer = printerAt(cooked.path);
    expect(await printer.check()).toEqual({ ok: true, value: null });
    expect(other.received).toBe(0);
    expect(await printer.print(slip('s'))).toEqual({ ok: true, value: null });
    expect(other.unknown).toEqual([]);
    expect(other.pieces).toHaveLength(1);
    expect(other.pieces[0]?.codes).toEqual(['MADO1R:1234567897']);
  } finally {
    await cooked.unplug();
    await other.close();
  }
});

it('a serial line that cannot be set up says so, and no byte is sent', async () => {
  const printer = printerAt(device.path, async () => false);
  expect(await printer.check()).toEqual({ ok: false, error: 'line-not-set-up' });
  expect(await printer.print(slip('t'))).toEqual({ ok: false, error: 'line-not-set-up' });
  expect(virtual.received).toBe(0);
  // A speed that no line has is refused by the system itself.
  expect(await setSerialLine({ baud: 12_345 as 9600 })(device.path)).toBe(false);
  expect(await setSerialLine({ baud: 19_200 })(device.path)).toBe(true);
});

const lineOf = (path: string) => new Set(execFileSync('stty', ['-F', path, '-a'], { encoding: 'utf8' }).split(/[\s;]+/));

it.each([
  [{}, ['-ixon', '-crtscts', '-cstopb', '-parenb', 'cs8', '-icanon', '-echo']],
  [{ flow: 'none' }, ['-ixon', '-crtscts']],
  [{ flow: 'xon-xoff' }, ['ixon', '-ixany', '-ixoff', '-crtscts']],
  [{ flow: 'rts-cts', stopBits: 2 }, ['-ixon', 'crtscts', 'cstopb']],
] as const)('the line is as the settings say, whatever it was before: %j', async (form, modes) => {
  execFileSync('stty', ['-F', device.path, 'sane', 'ixon', 'ixoff', 'crtscts', 'cstopb']);
  expect(await setSerialLine(form)(device.path)).toBe(true);
  const line = lineOf(device.path);
  for (const mode of modes) expect([mode, line.has(mode)]).toEqual([mode, true]);
});

it('a parity that the line cannot do is told, and nothing is sent', async () => {
  const sent = virtual.received;
  for (const parity of ['even', 'odd'] as const) {
    // A terminal's line has none: the system sets the rest and leaves that out.
    const printer = printerAt(device.path, setSerialLine({ parity }));
    expect(await printer.check()).toEqual({ ok: false, error: 'line-not-set-up' });
    expect(await printer.print(slip(parity))).toEqual({ ok: false, error: 'line-not-set-up' });
  }
  expect(virtual.received).toBe(sent);
});

it('XOFF of the printer holds the slip back, XON lets it go on', async () => {
  const printer = printerAt(device.path, setSerialLine({ flow: 'xon-xoff' }), { ...TIMES, statusMs: 20_000, printMs: 20_000 });
  expect(await printer.check()).toEqual({ ok: true, value: null });
  const before = virtual.received;
  virtual.say(0x13);
  await new Promise((done) => setTimeout(done, 100));
  const printing = printer.print(slip('flow'));
  await new Promise((done) => setTimeout(done, 200));
  expect(virtual.received).toBe(before);
  virtual.say(0x11);
  expect(await printing).toEqual({ ok: true, value: null });
  expect(virtual.pieces.map(({ codes }) => codes)).toEqual([['MADO1R:1234567897']]);
});

it('paper runs out in the middle: told, spent, and the rest is forgotten', async () => {
  const printer = printerAt(device.path);
  virtual.after(300, 'paper-out');
  expect(await printer.print(slip('b'))).toEqual({ ok: false, error: 'paper-out' });
  virtual.trouble(null);
  expect(await printer.print(slip('b'))).toEqual({ ok: false, error: 'paper-out' });
  expect(virtual.pieces).toEqual([]);
});

it('unplugged: offline, then and afterwards', async () => {
  const printer = printerAt(device.path);
  expect((await printer.check()).ok).toBe(true);
  await device.unplug();
  expect(await printer.check()).toEqual({ ok: false, error: 'offline' });
  expect(await printer.print(slip('c'))).toEqual({ ok: false, error: 'offline' });
});

it('no such file: offline; a file that is no device: refused, and left as it is', async () => {
  expect(await printerAt('/dev/usb/lp-none').check()).toEqual({ ok: false, error: 'offline' });
  const file = join(testFolder('world', 'no-printer'), 'plain');
  writeFileSync(file, 'kept');
  expect(await printerAt(file).print(slip('d'))).toEqual({ ok: false, error: 'refused' });
  expect(readFileSync(file, 'utf8')).toBe('kept');
});
