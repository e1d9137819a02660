import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { Random } from './random.ts';

export type Damage = 'bit' | 'byte' | 'run' | 'cut' | 'emptied' | 'deleted' | 'folder' | 'stale';

/** A bit and a byte find most: they are drawn more often. */
const draws: readonly Damage[] = [
  'bit',
  'bit',
  'bit',
  'bit',
  'byte',
  'byte',
  'run',
  'cut',
  'cut',
  'emptied',
  'deleted',
  'folder',
  'stale',
];

export interface Hit {
  readonly part: string;
  readonly name: string;
  /** The name without what is different in every round. */
  readonly kind: string;
  readonly damage: Damage;
  /** Where, in words. */
  readonly used: string;
}

/** Names of the files in a folder, always in the same order; nothing when there is no such folder. */
export function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => statSync(`${folder}/${name}`).isFile())
    .sort();
}

interface Target {
  readonly part: string;
  readonly name: string;
  readonly path: string;
  /** The same file in a backup; it may not be there. */
  readonly stale: string;
}

/** Damages one file as a sick disk, a careless hand or a bad restore does. */
export function damageFile({ part, name, path, stale }: Target, random: Random): Hit {
  const drawn = random.pick(draws);
  const bytes = readFileSync(path);
  const damage: Damage =
    (drawn === 'stale' && !existsSync(stale)) || (bytes.length === 0 && drawn !== 'folder') ? 'deleted' : drawn;
  const used = apply(damage, path, bytes, stale, random);
  return { part, name, kind: name.replaceAll(/\d{2,}/g, 'N'), damage, used };
}

function apply(damage: Damage, path: string, bytes: Buffer, stale: string, random: Random): string {
  // Half of the time where something is written: segments are mostly room.
  const used = bytes.findLastIndex((byte) => byte !== 0 && byte !== 10 && byte !== 32) + 1;
  const at = random.int(random.chance(0.7) && used > 0 ? used : bytes.length);
  switch (damage) {
    case 'bit':
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(8));
      writeFileSync(path, bytes);
      return ` at ${at}`;
    case 'byte':
      bytes[at] = ((bytes[at] ?? 0) + 1 + random.int(255)) & 0xff;
      writeFileSync(path, bytes);
      return ` at ${at}`;
    case 'run': {
      const length = Math.min(bytes.length - at, random.pick([16, 512, 4096]));
      bytes.set(random.chance(0.5) ? random.bytes(length) : new Uint8Array(length), at);
      writeFileSync(path, bytes);
      return ` at ${at}, ${length} long`;
    }
    case 'cut':
      truncateSync(path, at);
      return ` at ${at} of ${bytes.length}`;
    case 'emptied':
      truncateSync(path, 0);
      return '';
    case 'deleted':
      rmSync(path);
      return '';
    case 'folder':
      rmSync(path);
      mkdirSync(path);
      return '';
    case 'stale':
      rmSync(path);
      cpSync(stale, path);
      return '';
  }
}
