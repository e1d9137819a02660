import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../settings/replace-file.ts';

/**
 * Who this device is to the platform, as its enrolment left it: `DATA/device/identity.json`, readable by the core's user only. Key,
 * certificate and authority are one file, because they are good only together: a power cut leaves the old three or the new three.
 * Used only where the settings name no files of their own (`platform.tls`).
 */
const Identity = z
  .object({ v: z.literal(1), terminal: z.string(), key: z.string(), certificate: z.string(), ca: z.string() })
  .strict();
/** PEM texts. */
export type Identity = Omit<z.infer<typeof Identity>, 'v'>;

const place = (data: string) => join(data, 'device');

/** @returns null: not enrolled, enrolled as another terminal, or the file cannot be used */
export function readIdentity(data: string, terminal: string): Identity | null {
  try {
    const parsed = Identity.safeParse(JSON.parse(readFileSync(join(place(data), 'identity.json'), 'utf8')));
    return parsed.success && parsed.data.terminal === terminal ? parsed.data : null;
  } catch {
    return null;
  }
}

/** @returns whether it is on the disk; when not, the old one still is */
export function writeIdentity(data: string, identity: Identity): boolean {
  try {
    mkdirSync(place(data), { recursive: true, mode: 0o700 });
  } catch {
    return false;
  }
  return replaceFile(join(place(data), 'identity.json'), JSON.stringify({ v: 1, ...identity }));
}
