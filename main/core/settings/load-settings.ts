import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { z } from 'zod';
import { Settings } from '../../contract/config.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok, unreachable } from '../../contract/result.ts';
import { readDevice } from '../print/escpos/read-device.ts';
import { folderOf, isRecord, type Layer, type Merged, mergeLayers, originOf } from './merge.ts';
import { renewSettings } from './retired.ts';

export interface SettingsSource {
  /** The folder kiosk-config: `defaults.json`, `profiles/`. */
  readonly configDir: string;
  /** Name of a file in `profiles/`, or the path of a profile file. */
  readonly profile: string;
  /** What differs for this one kiosk; wins over the profile. */
  readonly site?: string | undefined;
  /** `key.sub=value`, value as JSON or as plain text; wins over everything. */
  readonly set: readonly string[];
  /** What relative paths on the command line start from. */
  readonly cwd: string;
}

/** Checked settings, and which layer each leaf came from (`originOf`). */
export interface ResolvedSettings {
  readonly settings: Settings;
  readonly origin: Merged['origin'];
  /** A sentence for each name of an earlier version that a file still has. */
  readonly notices: readonly string[];
}

/**
 * Reads and checks the settings: defaults, profile, site file, command line.
 * @returns one sentence per problem, each naming the file and the key (issue: one readable message, exit code 2)
 */
export function resolveSettings(source: SettingsSource): Result<ResolvedSettings, string[]> {
  const read = mergedSettings(source);
  if (!read.ok) return err([read.error]);
  const { merged, named, notices } = read.value;
  const parsed = Settings.safeParse(merged.values);
  if (!parsed.success) return err(parsed.error.issues.flatMap((issue) => sentences(issue, merged, named)));
  const problems = [
    ...sandboxOnly(parsed.data, merged),
    ...missingFiles(parsed.data, merged),
    ...printerParts(parsed.data, merged),
  ];
  return problems.length > 0 ? err(problems) : ok({ settings: parsed.data, origin: merged.origin, notices });
}

/** The same, where nobody asks where a setting came from. */
export function loadSettings(source: SettingsSource): Result<Settings, string[]> {
  const resolved = resolveSettings(source);
  return resolved.ok ? ok(resolved.value.settings) : resolved;
}

/** What `environment` a source says, whether or not the rest of it can be used. `null`: no word of it, or unreadable. */
export function environmentOf(source: SettingsSource): Settings['environment'] | null {
  const read = mergedSettings(source);
  const parsed = read.ok ? Settings.shape.environment.safeParse(read.value.merged.values['environment']) : null;
  return parsed?.success === true ? parsed.data : null;
}

interface MergedSettings {
  readonly merged: Merged;
  /** The profile, as a sentence names it. */
  readonly named: string;
  readonly notices: readonly string[];
}

/** @returns the layers as one */
function mergedSettings(source: SettingsSource): Result<MergedSettings, string> {
  const files = [
    join(source.configDir, 'defaults.json'),
    profileFile(source),
    ...(source.site === undefined ? [] : [source.site]),
  ];
  const layers: Layer[] = [];
  for (const file of files) {
    const layer = readLayer(file, source.cwd);
    if (!layer.ok)
      return file === profileFile(source) && !existsSync(file) ? err(`${layer.error}; ${knownProfiles(source)}`) : layer;
    layers.push(layer.value);
  }
  const fromCommandLine = commandLine(source);
  if (!fromCommandLine.ok) return fromCommandLine;
  layers.push(fromCommandLine.value);
  const renewed = layers.map(renewSettings);
  return ok({
    merged: mergeLayers(renewed.map(({ layer }) => layer)),
    named: layers[1]?.name ?? source.profile,
    notices: renewed.flatMap(({ notices }) => notices),
  });
}

function knownProfiles({ configDir }: SettingsSource): string {
  const names = readdirSync(join(configDir, 'profiles')).flatMap((name) => /^(.+)\.json$/.exec(name)?.[1] ?? []);
  return `profiles: ${names.sort().join(', ')}`;
}

const profileFile = ({ configDir, profile }: SettingsSource): string =>
  profile.endsWith('.json') || isAbsolute(profile) ? profile : join(configDir, 'profiles', `${profile}.json`);

function shown(file: string, cwd: string): string {
  const near = relative(cwd, file);
  return near.startsWith('..') ? file : near;
}

function readLayer(file: string, cwd: string): Result<Layer, string> {
  const name = shown(file, cwd);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return err(`${name}: no such settings file, or it cannot be read`);
  }
  try {
    const values: unknown = JSON.parse(text);
    if (!isRecord(values)) return err(`${name}: must hold one JSON object`);
    return ok({ name, folder: folderOf(file), values });
  } catch (error) {
    const where = error instanceof Error ? /\(line \d+ column \d+\)/.exec(error.message)?.[0] : undefined;
    return err(`${name}: not JSON${where === undefined ? '' : ` ${where}`}`);
  }
}

function commandLine({ set, cwd }: SettingsSource): Result<Layer, string> {
  const values: Record<string, unknown> = {};
  for (const pair of set) {
    const at = pair.indexOf('=');
    const keys = pair.slice(0, Math.max(0, at)).split('.');
    if (at < 1 || keys.some((key) => !/^[A-Za-z]+$/.test(key))) return err(`--set ${pair}: wants KEY.SUB=VALUE`);
    let into = values;
    for (const key of keys.slice(0, -1)) {
      const next = into[key];
      const inner = isRecord(next) ? next : {};
      into[key] = inner;
      into = inner;
    }
    into[keys.at(-1) ?? ''] = plainOrJson(pair.slice(at + 1));
  }
  return ok({ name: 'command line (--set)', folder: cwd, values });
}

function plainOrJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function sentences(issue: z.core.$ZodIssue, { origin }: Merged, profile: string): string[] {
  const key = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknown) => {
      const path = [...issue.path, unknown];
      return `${originOf(origin, path) ?? profile}: ${path.map(String).join('.')}: no such setting`;
    });
  }
  const from = origin.get(key);
  if (from === undefined && issue.code === 'invalid_type')
    return [`${profile}: ${key}: missing (set it there, in a site file, or with --set)`];
  // zod's own message says what is wanted, and never repeats the value.
  return [`${from ?? originOf(origin, issue.path) ?? profile}: ${key}: ${issue.message}`];
}

function sandboxOnly(settings: Settings, { origin }: Merged): string[] {
  if (settings.environment === 'sandbox') return [];
  const problems: string[] = [];
  const say = (key: string, what: string) =>
    problems.push(`${originOf(origin, key.split('.')) ?? ''}: ${key}: ${what} only where environment is "sandbox"`);
  if (settings.reader.driver === 'virtual') say('reader.driver', '"virtual" is allowed');
  if (new URL(settings.platform.url).protocol !== 'https:') say('platform.url', 'a platform without https is allowed');
  if (settings.printer.driver === 'sandbox') say('printer.driver', '"sandbox" is allowed');
  return problems;
}

function missingFiles(settings: Settings, { origin }: Merged): string[] {
  const problems: string[] = [];
  const check = (key: string, file: string | undefined) => {
    if (file === undefined || existsSync(file)) return;
    problems.push(`${originOf(origin, key.split('.')) ?? ''}: ${key}: no such file: ${file}`);
  };
  const { platform, reader } = settings;
  check('platform.sealingKeyFile', platform.sealingKeyFile);
  check('platform.catalogueKeyFile', platform.catalogueKeyFile);
  check('platform.caFile', platform.caFile);
  check('platform.tls.caFile', platform.tls?.caFile);
  check('platform.tls.certFile', platform.tls?.certFile);
  check('platform.tls.keyFile', platform.tls?.keyFile);
  if (reader.driver === 'virtual') {
    if (reader.host === undefined) problems.push(`${originOf(origin, ['reader', 'driver']) ?? ''}: reader.host: missing`);
    check('reader.host', reader.host);
  }
  settings.terms.forEach((terms, index) => {
    check(`terms.${index}.file`, terms.file);
  });
  return problems;
}

/** Of a serial line only. */
const LINE_KEYS = ['baud', 'flow', 'parity', 'dataBits', 'stopBits'] as const;

/** What each driver of a printer needs. */
function printerParts({ printer }: Settings, { origin }: Merged): string[] {
  const missing = (key: 'url' | 'device' | 'queue') =>
    `${originOf(origin, ['printer', 'driver']) ?? ''}: printer.${key}: missing (printer.driver is "${printer.driver}")`;
  switch (printer.driver) {
    case 'none':
      return [];
    case 'sandbox':
      return printer.url === undefined ? [missing('url')] : [];
    case 'cups':
      return printer.queue === undefined ? [missing('queue')] : [];
    case 'escpos': {
      if (printer.device === undefined) return [missing('device')];
      const device = readDevice(printer.device);
      if (device !== null && 'path' in device) return [];
      if (device !== null)
        return LINE_KEYS.filter((key) => printer[key] !== undefined).map(
          (key) =>
            `${originOf(origin, ['printer', key]) ?? ''}: printer.${key}: is for a serial line; printer.device is ${printer.device}`,
        );
      const from = originOf(origin, ['printer', 'device']) ?? '';
      return [`${from}: printer.device: must be the path of a device file, or tcp://HOST:PORT`];
    }
    default:
      return unreachable(printer.driver);
  }
}
