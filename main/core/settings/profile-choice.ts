import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../../contract/result.ts';
import { environmentOf, type ResolvedSettings, resolveSettings, type SettingsSource } from './load-settings.ts';
import { replaceFile } from './replace-file.ts';

/** `DATA/profile.json`: the profile that staff chose. It wins over `--profile`, which is only where a kiosk begins. */
const FILE = 'profile.json';
const ProfileName = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
const Choice = z.object({ v: z.literal(1), profile: ProfileName }).strict();

/** @returns null: nobody chose, or the file cannot be used */
export function readChoice(data: string): string | null {
  try {
    const parsed = Choice.safeParse(JSON.parse(readFileSync(join(data, FILE), 'utf8')));
    return parsed.success ? parsed.data.profile : null;
  } catch {
    return null;
  }
}

/** @returns whether it is on the disk; when not, the old one still holds */
export function writeChoice(data: string, profile: string): boolean {
  return replaceFile(join(data, FILE), `${JSON.stringify({ v: 1, profile } satisfies z.infer<typeof Choice>)}\n`);
}

/** The settings of this start. `profile`: whose they are. `ignored`: why a choice was not followed, as sentences. */
export interface StartSettings extends ResolvedSettings {
  readonly profile: string;
  readonly ignored: readonly string[];
}

/**
 * The settings that a start goes by: the chosen profile's, or, where that one cannot be used any more (a file of it is gone since),
 * those of the command line. A kiosk that serves under its first profile is better than one that does not start. A choice never
 * changes the environment, whoever wrote the file.
 */
export function startSettings(source: SettingsSource, data: string): Result<StartSettings, string[]> {
  const first = resolveSettings(source);
  if (!first.ok) return first;
  const asStarted = (ignored: readonly string[]) => ok({ ...first.value, profile: source.profile, ignored });
  const choice = readChoice(data);
  if (choice === null || choice === source.profile) return asStarted([]);
  const chosen = tryProfile(source, first.value.settings.environment, choice);
  return chosen.ok ? ok({ ...chosen.value, profile: choice, ignored: [] }) : asStarted(chosen.error);
}

/** Whether this kiosk could start with another profile, with the same site file and command line. @returns sentences, when not */
export function tryProfile(
  source: SettingsSource,
  environment: ResolvedSettings['settings']['environment'],
  profile: string,
): Result<ResolvedSettings, string[]> {
  if (!ProfileName.safeParse(profile).success) return err([`${profile.slice(0, 40)}: not the name of a profile`]);
  const resolved = resolveSettings({ ...source, profile });
  if (!resolved.ok) return resolved;
  return resolved.value.settings.environment === environment
    ? resolved
    : err([`${profile}: environment: is "${resolved.value.settings.environment}", and this kiosk is "${environment}"`]);
}

/** Names of the profiles that staff may choose from: those of this kiosk's environment. */
export function profileNames(source: SettingsSource, environment: ResolvedSettings['settings']['environment']): string[] {
  let files: string[];
  try {
    files = readdirSync(join(source.configDir, 'profiles'));
  } catch {
    return [];
  }
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .filter((name) => ProfileName.safeParse(name).success && environmentOf({ ...source, profile: name }) === environment)
    .sort();
}
