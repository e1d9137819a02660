import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SettingsSource } from './load-settings.ts';
import { profileNames, readChoice, startSettings, tryProfile, writeChoice } from './profile-choice.ts';

let folder: string;
let data: string;
let source: SettingsSource;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-choice-'));
  data = mkdtempSync(join(folder, 'data-'));
  const configDir = join(folder, 'kiosk-config');
  cpSync(resolve(import.meta.dirname, '../../../kiosk-config'), configDir, { recursive: true });
  writeFileSync(join(folder, 'key.jwk.json'), '{}');
  const site = join(folder, 'site.json');
  writeFileSync(
    site,
    JSON.stringify({
      terminal: { id: 'TOWN-01', name: { ja: '1番窓口', en: 'Counter 1' } },
      platform: { url: 'https://platform.example.jp', sealingKeyFile: 'key.jwk.json' },
    }),
  );
  source = { configDir, profile: 'city-hall', site, set: [], cwd: folder };
});
afterEach(() => rmSync(folder, { recursive: true }));

const started = () => {
  const found = startSettings(source, data);
  if (!found.ok) throw new Error(found.error.join('\n'));
  return found.value;
};

describe('the choice of staff', () => {
  test('is what the next start goes by, and --profile only where it begins', () => {
    expect(started()).toMatchObject({ profile: 'city-hall', ignored: [] });
    expect(writeChoice(data, 'retail')).toBe(true);
    expect(statSync(join(data, 'profile.json')).mode & 0o077).toBe(0);
    expect(readChoice(data)).toBe('retail');
    expect(started()).toMatchObject({ profile: 'retail', ignored: [], settings: { terminal: { id: 'TOWN-01' } } });
  });

  test.each(['', '{', '{"v":1,"profile":"../../etc/passwd"}', '{"v":2,"profile":"atm"}', '{"v":1,"profile":"atm","more":1}'])(
    'a file that holds %j is no choice',
    (text) => {
      writeFileSync(join(data, 'profile.json'), text);
      expect(started().profile).toBe('city-hall');
    },
  );

  test('a profile that is broken since: the kiosk starts with its first one, and says why', () => {
    writeChoice(data, 'retail');
    writeFileSync(join(source.configDir, 'profiles/retail.json'), '{"timeouts":{"idleSeconds":"long"}}');
    const { profile, ignored } = started();
    expect(profile).toBe('city-hall');
    expect(ignored.join()).toMatch(/retail\.json.*timeouts\.idleSeconds/);
  });

  test('no choice can bring the sandbox to a kiosk of production, nor the other way', () => {
    writeFileSync(join(source.configDir, 'profiles/play.json'), '{"environment":"sandbox"}');
    writeChoice(data, 'play');
    expect(started()).toMatchObject({ profile: 'city-hall', settings: { environment: 'production' } });
    expect(started().ignored.join()).toMatch(/play: environment/);
    const other = tryProfile({ ...source, profile: 'play' }, 'sandbox', 'city-hall');
    expect(other.ok ? '' : other.error.join()).toMatch(/city-hall: environment/);
  });

  test('where it cannot be written, the old one stays', () => {
    writeChoice(data, 'retail');
    const before = readFileSync(join(data, 'profile.json'), 'utf8');
    expect(writeChoice(join(data, 'profile.json'), 'atm')).toBe(false);
    expect(readFileSync(join(data, 'profile.json'), 'utf8')).toBe(before);
  });
});

describe('what can be chosen', () => {
  test('profiles of the same environment, the broken ones too (they are refused with their sentence)', () => {
    writeFileSync(join(source.configDir, 'profiles/broken.json'), '{"timeouts":{"idleSeconds":1}}');
    expect(profileNames(source, 'production')).toEqual(['atm', 'broken', 'city-hall', 'retail']);
    expect(profileNames(source, 'sandbox')).toEqual(['demo']);
    const refused = tryProfile(source, 'production', 'broken');
    expect(refused.ok ? '' : refused.error.join()).toMatch(/broken\.json.*timeouts\.idleSeconds/);
    expect(tryProfile(source, 'production', '../atm').ok).toBe(false);
  });
});
