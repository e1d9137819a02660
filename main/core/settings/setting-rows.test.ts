import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SettingsView } from '../../contract/staff.ts';
import { resolveSettings } from './load-settings.ts';
import { settingRows } from './setting-rows.ts';

const configDir = resolve(import.meta.dirname, '../../../kiosk-config');
let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'madoguchi-rows-'));
  writeFileSync(join(cwd, 'key.jwk.json'), '{"secret":"never shown"}');
  writeFileSync(
    join(cwd, 'site.json'),
    JSON.stringify({
      terminal: { id: 'TOWN-01', name: { ja: '1番窓口', en: 'Counter 1' } },
      platform: { url: 'https://platform.example.jp', sealingKeyFile: 'key.jwk.json' },
      timeouts: { warningSeconds: 25 },
    }),
  );
});
afterEach(() => rmSync(cwd, { recursive: true }));

test('every layer shows as the origin of what it set, and a key file as its path', () => {
  const resolved = resolveSettings({
    configDir,
    profile: 'city-hall',
    site: join(cwd, 'site.json'),
    set: ['timeouts.goodbyeSeconds=7'],
    cwd,
  });
  if (!resolved.ok) throw new Error(resolved.error.join('\n'));
  const rows = settingRows(resolved.value);
  const row = (key: string) => rows.find((found) => found.key === key);
  expect(row('timeouts.goodbyeSeconds')).toMatchObject({ value: '7', from: 'command line (--set)' });
  expect(row('timeouts.warningSeconds')).toMatchObject({ value: '25', from: 'site.json' });
  expect(row('timeouts.idleSeconds')?.from).toMatch(/profiles\/city-hall\.json$/);
  expect(row('outbox.maxRows')?.from).toMatch(/defaults\.json$/);
  expect(row('platform.sealingKeyFile')).toMatchObject({ value: join(cwd, 'key.jwk.json'), from: 'site.json' });
  expect(row('terms.1.file')?.value).toMatch(/my-key-id\.json$/);
  expect(row('languages')?.value).toBe('["ja","en"]');
  expect(JSON.stringify(rows)).not.toContain('never shown');
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  const view = { rows, profile: 'city-hall', profiles: [], certificateDays: null, identity: 'none' };
  expect(SettingsView.safeParse(view).success).toBe(true);
});
