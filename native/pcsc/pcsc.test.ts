import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContext } from './index.ts';

const binary = join(import.meta.dirname, 'build/Release/pcsc.node');
const electron = '/opt/electron-runtime/electron';

describe.skipIf(!existsSync(binary))('the addon', () => {
  it('answers without blocking, with numbers, also when no service runs', async () => {
    const context = createContext();
    const established = await context.establish();
    if (!established.ok) expect(established.code).toBeGreaterThan(0x80100000);
    expect(await context.release()).toEqual({ ok: true, value: null });
    expect(() => context.listReaders()).toThrow(TypeError);
  });

  it('refuses a card number that was never handed out', async () => {
    const context = createContext();
    expect(await context.disconnect(1, 0)).toEqual({ ok: false, code: 0x80100003 });
    await context.release();
  });

  it.skipIf(!existsSync(electron))('loads in Electron too', () => {
    const script = `const b = require(${JSON.stringify(binary)}); const c = b.open(); b.release(c).then((a) => { console.log('code ' + a.code, process.versions.electron); process.exit(0); }); setTimeout(() => {}, 5000);`;
    const text = execFileSync(electron, ['-e', script], { encoding: 'utf8', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    expect(text).toMatch(/^code 0 33\./);
  });
});
