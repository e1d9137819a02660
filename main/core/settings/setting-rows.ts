import type { SettingRow } from '../../contract/staff.ts';
import type { ResolvedSettings } from './load-settings.ts';
import { isRecord, originOf } from './merge.ts';

/** As the contract bounds a row. */
const LONGEST_VALUE = 400;
const LONGEST_ORIGIN = 200;

/**
 * Every setting as it was resolved, one row a leaf, and the layer it came from. Keys and certificates are shown as the paths they are
 * in the settings: nothing is opened here.
 */
export function settingRows({ settings, origin }: ResolvedSettings): SettingRow[] {
  const rows: SettingRow[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (value === undefined) return;
    if (isRecord(value)) {
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
      return;
    }
    if (Array.isArray(value) && value.some(isRecord)) {
      for (const [index, inner] of value.entries()) walk(inner, [...path, String(index)]);
      return;
    }
    const from = originOf(origin, path) ?? '';
    rows.push({ key: path.join('.'), value: cut(shown(value), LONGEST_VALUE), from: cut(from, LONGEST_ORIGIN) });
  };
  walk(settings, []);
  return rows;
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
