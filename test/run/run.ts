import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findElectron } from '../../main/hosts/launch/electron-runtime.ts';
import { displayCommand } from '../electron/display.ts';
import { givesNamespaces, ownRoot } from '../sandbox/pcscd/namespaces.ts';
import { openRunFolder, watchSystemFolder } from '../support/run-folder.ts';
import { testData } from '../support/test-folder.ts';
import { type Count, keptIn, oneTest, playwright, vitest } from './suites.ts';

/** `npm test`: every suite, on the real pcscd where it can be had. Ends with the line `N passed, N failed`. */
const root = resolve(import.meta.dirname, '../..');
const namespace = [process.execPath, join(root, 'test/sandbox/pcscd/run.ts'), '--'];
const results: { readonly name: string; readonly count: Count; readonly seconds: number }[] = [];
const secondsSince = (began: number) => Math.round((performance.now() - began) / 1000);

async function suite(name: string, work: () => Count | Promise<Count>): Promise<void> {
  process.stdout.write(`\n== ${name}\n`);
  const began = performance.now();
  const count = await work();
  const seconds = secondsSince(began);
  results.push({ name, count, seconds });
  process.stdout.write(`-- ${name}: ${count.passed} passed, ${count.failed} failed in ${seconds} s\n`);
}

/** Asked of the tool itself, which says in one line why not. */
function canRunPcscd(): boolean {
  return spawnSync(process.execPath, [...namespace.slice(1), 'true'], { stdio: 'inherit' }).status === 0;
}

rmSync(testData, { recursive: true, force: true });
const leftBehind = watchSystemFolder();
const closeRunFolder = openRunFolder();
await suite('check', () => oneTest(['test/check/check.ts']));
await suite('unit', () => vitest('unit', ['unit']));
// A full disk is a small file system of one's own: who is not root mounts it in a namespace.
const mounts = ownRoot.length > 0 && givesNamespaces(['--mount']) ? ['unshare', ...ownRoot, '--mount'] : [];
const pcscd = canRunPcscd();
if (!pcscd) process.stdout.write('skipped: pcsc suite, and e2e on the real pcscd\n');
await Promise.all([
  suite('parts', () => vitest('parts', ['parts'], mounts)),
  // In a namespace of its own, and most of the time it waits for a card.
  ...(pcscd ? [suite('pcsc (real pcscd and vpcd)', () => vitest('pcsc', ['pcsc'], namespace, keptIn('pcsc')))] : []),
]);
if (existsSync('/usr/bin/chromium')) {
  const where = pcscd ? namespace : [];
  const env = pcscd ? { MADOGUCHI_PCSC: '1' } : {};
  await suite('e2e (Chromium by touch)', () => playwright('e2e', 'test/e2e/playwright.config.ts', where, env));
  await suite('screens', () => oneTest(['test/screens/check.ts', '--slice']));
} else {
  process.stdout.write('skipped: e2e and screens suites (no Chromium)\n');
}
if (findElectron(root, process.env) === null) process.stdout.write('skipped: no Electron runtime\n');
else await suite('electron', () => playwright('electron', 'test/electron/playwright.config.ts', displayCommand()));
await suite('search for secrets and forbidden commands', () => oneTest(['test/run/search.ts']));

closeRunFolder();
await suite('nothing left in the temp folder', () => {
  const left = leftBehind();
  const remarks = left.map((path) => `left behind: ${path}`);
  return { passed: left.length === 0 ? 1 : 0, failed: left.length === 0 ? 0 : 1, skipped: 0, remarks };
});

process.stdout.write('\n');
for (const { name, count } of results) for (const remark of count.remarks) process.stdout.write(`${name}: ${remark}\n`);
for (const { name, count, seconds } of results) {
  const { passed, failed, skipped } = count;
  process.stdout.write(
    `${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''} in ${seconds} s\n`,
  );
}
process.stdout.write(`all suites in ${secondsSince(0)} s\n`);
const sum = (key: 'passed' | 'failed' | 'skipped') => results.reduce((total, { count }) => total + count[key], 0);
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
