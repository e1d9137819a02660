import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { _electron, expect, test } from '@playwright/test';
import { readFuses, WANTED_FUSES } from '../../main/hosts/launch/screen-fuses.ts';
import { FRAMEBUFFER } from './display.ts';
import { colours, likeness } from './frame.ts';
import { readFrame } from './framebuffer.ts';
import { makeStarter, root } from './host.ts';
import { hasPackage, packagedLauncher, packageFolder, screenProgram, startPackage, writeSite } from './packaged.ts';
import { fromPng, toPng } from './png.ts';

/** The package as a town gets it: nothing here can look inside the window, so the glass, the core and the files are looked at. */
test.beforeEach(() => {
  if (!hasPackage()) process.stdout.write('skipped: no package in dist/package (npm run package)\n');
  test.skip(!hasPackage(), 'no package in dist/package (npm run package)');
});

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

test('what is in it, file by file: no test, no sandbox, no virtual reader, no source', () => {
  const all = filesBelow(packageFolder);
  const kiosk = all
    .filter((path) => path.startsWith('resources/'))
    .filter(
      (path) =>
        !/better-sqlite3\/lib\/|renderer\/assets\/|biz-udgothic\/files\/|@expo-google-fonts\/[\w/-]+\.ttf$|kiosk\/chunks\/\w[\w.-]*\.js$|\/kiosk-config\//.test(
          path,
        ),
    );
  expect(kiosk).toEqual([
    'resources/app.asar',
    'resources/kiosk/LICENSES.md',
    'resources/kiosk/dist/renderer/index.html',
    'resources/kiosk/dist/renderer/staff.html',
    'resources/kiosk/main/hosts/core/index.js',
    'resources/kiosk/main/hosts/core/outbox-tool.js',
    'resources/kiosk/main/hosts/core/staff-key.js',
    'resources/kiosk/main/hosts/launch/launch.js',
    'resources/kiosk/main/hosts/launch/staff-page.js',
    'resources/kiosk/native/card-host/main.js',
    'resources/kiosk/native/pcsc/build/Release/pcsc.node',
    'resources/kiosk/native/pcsc/index.js',
    'resources/kiosk/native/systemd-notify/build/Release/systemd_notify.node',
    'resources/kiosk/native/systemd-notify/index.js',
    'resources/kiosk/node_modules/@expo-google-fonts/biz-udpgothic/LICENSE',
    'resources/kiosk/node_modules/@expo-google-fonts/biz-udpgothic/LICENSE_FONT',
    'resources/kiosk/node_modules/@expo-google-fonts/biz-udpgothic/package.json',
    'resources/kiosk/node_modules/@expo-google-fonts/noto-sans-jp/LICENSE',
    'resources/kiosk/node_modules/@expo-google-fonts/noto-sans-jp/LICENSE_FONT',
    'resources/kiosk/node_modules/@expo-google-fonts/noto-sans-jp/package.json',
    'resources/kiosk/node_modules/@fontsource/biz-udgothic/LICENSE',
    'resources/kiosk/node_modules/@fontsource/biz-udgothic/package.json',
    'resources/kiosk/node_modules/@fontsource/biz-udgothic/unicode.json',
    'resources/kiosk/node_modules/@resvg/resvg-js-linux-x64-gnu/README.md',
    'resources/kiosk/node_modules/@resvg/resvg-js-linux-x64-gnu/package.json',
    'resources/kiosk/node_modules/@resvg/resvg-js-linux-x64-gnu/resvgjs.linux-x64-gnu.node',
    'resources/kiosk/node_modules/@resvg/resvg-js/LICENSE',
    'resources/kiosk/node_modules/@resvg/resvg-js/index.js',
    'resources/kiosk/node_modules/@resvg/resvg-js/js-binding.js',
    'resources/kiosk/node_modules/@resvg/resvg-js/package.json',
    'resources/kiosk/node_modules/better-sqlite3/LICENSE',
    'resources/kiosk/node_modules/better-sqlite3/package.json',
    'resources/kiosk/node_modules/better-sqlite3/prebuilds/linux-x64.node',
    'resources/kiosk/package.json',
    'resources/node/LICENSE',
    'resources/node/node',
  ]);
  expect(
    all.filter((path) => /(^|\/)tests?\/|\.test\.|\.spec\.|\.ts$|\.map$|virtual|sandbox[^/]*\/|\.env|\.pem$/.test(path)),
  ).toEqual([]);
  // The bundles name the source of every part.
  const bundled = all
    .filter((path) => path.startsWith('resources/kiosk/') && path.endsWith('.js') && !path.includes('node_modules'))
    .flatMap((path) => [
      ...readFileSync(join(packageFolder, path), 'utf8').matchAll(/^\/\/ ((?:main|native|test|renderer)\/\S+)$/gm),
    ])
    .map((found) => found[1] ?? '');
  expect(bundled).toContain('main/core/kiosk.ts');
  expect(bundled.filter((path) => path.startsWith('test/') || path.includes('virtual'))).toEqual([]);
});

test('fuses: read back from the program', async () => {
  const found = await readFuses(screenProgram);
  const { [FuseV1Options.WasmTrapHandlers]: youngest, ...rest } = found;
  const { [FuseV1Options.WasmTrapHandlers]: wanted, ...wantedRest } = WANTED_FUSES;
  expect(rest).toEqual(wantedRest);
  // Electron 33 is older than this one.
  expect([null, wanted]).toContain(youngest);
});

test('the program refuses to be Node, to be debugged, to lose its sandbox, to be another app', () => {
  const starter = makeStarter(screenProgram);
  const folder = starter.env.HOME ?? '';
  const marker = join(folder, 'marker.cjs');
  writeFileSync(marker, `process.stdout.write('MARK')`, { mode: 0o644 });
  const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const done = spawnSync(starter.executable, args, { env: { ...starter.env, ...env }, encoding: 'utf8', timeout: 20_000 });
    return { code: done.status, marked: `${done.stdout}${done.stderr}`.includes('MARK'), said: done.stderr };
  };
  const refused = { code: 2, marked: false };
  expect(start([marker], { ELECTRON_RUN_AS_NODE: '1' })).toMatchObject(refused);
  expect(start(['-r', marker])).toMatchObject(refused);
  expect(start(['--x'], { NODE_OPTIONS: `--require ${marker}` })).toMatchObject(refused);
  for (const one of [
    '--inspect=0',
    '--inspect-brk=0',
    '--remote-debugging-port=0',
    '--remote-debugging-pipe',
    '--no-sandbox',
    '--js-flags=--allow-natives-syntax',
    '--proxy-server=127.0.0.1:1',
    '--ignore-certificate-errors',
    '--load-extension=/tmp',
    '--user-data-dir=/tmp/x',
  ]) {
    const result = start([
      one,
      `--socket=${starter.place.path}`,
      `--page=${join(packageFolder, 'resources/kiosk/dist/renderer')}`,
    ]);
    expect(result, one).toMatchObject(refused);
    expect(result.said, one).not.toContain('listening on');
  }
  starter.remove();
});

test('settings of a sandbox are refused, each in one line', () => {
  const folder = test.info().outputDir;
  mkdirSync(folder, { recursive: true });
  const site = writeSite(folder);
  const start = (...args: string[]) => {
    const done = spawnSync(packagedLauncher, ['--data', join(folder, 'data'), ...args], { encoding: 'utf8', timeout: 30_000 });
    return [done.status, done.stderr.trim()];
  };
  expect(start('--profile', 'demo')).toEqual([2, expect.stringContaining('demo.json: no such settings file')]);
  const city = ['--profile', 'city-hall', '--site', site];
  expect(start(...city, '--set', 'environment=sandbox')).toEqual([2, 'environment: "sandbox" is not for a packaged kiosk']);
  expect(start(...city, '--set', 'reader.driver=virtual')).toEqual([2, expect.stringContaining('reader.driver')]);
  expect(start(...city, '--set', 'platform.url=http://127.0.0.1:9/')).toEqual([2, expect.stringContaining('platform.url')]);
  rmSync(folder, { recursive: true });
});

test('starts without a pcscd: says on the screen that the reader service is away', async () => {
  const kiosk = await startPackage([], { PCSCLITE_CSOCK_NAME: '/nonexistent/pcscd.comm' });
  try {
    await kiosk.shown;
    const { screen, environment } = await kiosk.page.see('out-of-order');
    expect([screen, environment]).toEqual([{ name: 'out-of-order', reason: 'reader-service' }, 'production']);
  } finally {
    await kiosk.stop();
  }
});

test('starts with a reader: the attract screen is on the glass, and a touch on its button opens the menu', async () => {
  const inside = [process.execPath, join(root, 'test/sandbox/pcscd/run.ts'), '--'];
  const probe = spawnSync(inside[0] ?? '', [...inside.slice(1), 'true'], { encoding: 'utf8' });
  if (probe.status !== 0) process.stdout.write(`skipped: package with a reader: ${probe.stderr}`);
  test.skip(probe.status !== 0, probe.stderr);
  const framebuffer = process.env[FRAMEBUFFER];
  if (framebuffer === undefined) process.stdout.write('skipped: package with a reader: needs Xvfb to see the glass\n');
  test.skip(framebuffer === undefined, 'needs Xvfb to see the glass');
  if (framebuffer === undefined) return;
  expect(existsSync('/usr/bin/xdotool'), 'xdotool is not installed').toBe(true);

  const kiosk = await startPackage(inside);
  try {
    await kiosk.shown;
    await kiosk.page.see('attract');
    // The same page from the sources, on the same core, for a moment: what it should look like, and where its button is.
    const starter = makeStarter();
    const model = await _electron.launch({
      executablePath: starter.executable,
      chromiumSandbox: true,
      args: starter.hostArguments(kiosk.socket, join(root, 'dist/renderer')),
      env: starter.env,
    });
    const page = await model.firstWindow();
    await expect(page.locator('[data-screen="attract"]')).toBeVisible();
    const box = await page.locator('[data-button="start"]').boundingBox();
    if (box === null) throw new Error('no start button');
    const wanted = fromPng(await page.screenshot());
    await model.close();
    starter.remove();

    // A card moves in the picture and the pointer lies on it, so not every pixel can be the same.
    const glass = () => readFrame(framebuffer);
    await expect.poll(() => likeness(glass(), wanted)).toBeGreaterThan(0.97);
    expect(colours(wanted)).toBeGreaterThan(50);
    writeFileSync(join(root, '.cache/package-attract.png'), toPng(glass()));

    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2].map((at) => String(Math.round(at)));
    spawnSync('/usr/bin/xdotool', ['mousemove', x ?? '', y ?? '', 'click', '1']);
    await kiosk.page.see('menu');
    await expect.poll(() => likeness(glass(), wanted)).toBeLessThan(0.9);
  } finally {
    await kiosk.stop();
  }
});
