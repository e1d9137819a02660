import { resolve } from 'node:path';
import type { Settings } from '../../main/contract/config.ts';
import type { Log } from '../../main/contract/log-events.ts';
import { loadSettings } from '../../main/core/settings/load-settings.ts';

const root = resolve(import.meta.dirname, '../..');

/** The demo profile as the core reads it, with some settings of the test's own. @param set `key.sub=value` */
export function demoSettings(set: readonly string[]): Settings {
  const loaded = loadSettings({
    configDir: resolve(root, 'kiosk-config'),
    profile: 'demo',
    set: ['reader.driver=pcsc', 'printer.driver=none', ...set],
    cwd: root,
  });
  if (!loaded.ok) throw new Error(loaded.error.join('; '));
  return loaded.value;
}

/** A log that keeps its lines for the test and hands them on. */
export interface HeardLog {
  readonly log: Log;
  readonly lines: { readonly event: string; readonly [field: string]: unknown }[];
}

/** @param onto for example the core's own log file */
export function hearLog(onto: Log, heard: () => void = () => {}): HeardLog {
  const lines: HeardLog['lines'] = [];
  return {
    lines,
    log: (event, fields) => {
      onto(event, fields);
      lines.push({ ...fields, event });
      heard();
    },
  };
}
