import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContext } from './index.ts';

const binary = join(import.meta.dirname, 'build/Release/pcsclite.node');
const electron = '/opt/electron-runtime/electron';

describe.skipIf(!existsSync(binary))('the addon', () => {
  it('imports Node-API, PC/SC and system symbols only, so that one file serves every Node and Electron', () => {
    const names = execFileSync('nm', ['-D', '--undefined-only', binary], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(' ').at(-1) ?? '')
      .filter((name) => name !== '');
    const strange = names.filter(
      (name) => !/^(napi_|SCard|__|_ITM|.*@(GLIBC|CXXABI|GCC))/.test(name) && !name.endsWith('GLIBCXX_3.4'),
    );
    expect(names.filter((name) => name.startsWith('napi_')).length).toBeGreaterThan(10);
    expect(strange.filter((name) => /v8|node|uv_|nan/i.test(name) || !name.includes('@'))).toEqual([]);
  });

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
