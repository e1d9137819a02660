import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { err, ok, type Result } from '../../contract/result.ts';

/** What each switch inside the Electron binary must say (SOURCES.md, Electron: fuses). */
export const WANTED_FUSES: Readonly<Record<FuseV1Options, boolean>> = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Electron looks at it on macOS and Windows only; on Linux integrity has to come from the disk (finding 4).
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  // Would want a second snapshot file, which nothing makes.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Only how fast WebAssembly runs; on is Electron's default.
  [FuseV1Options.WasmTrapHandlers]: true,
};

/** A fuse as the binary has it: `null` when this Electron is older than the fuse. */
export type FuseReading = Readonly<Record<FuseV1Options, boolean | null>>;

const options = Object.keys(WANTED_FUSES).map(Number) as FuseV1Options[];

/** Reads the switches from a binary. */
export async function readFuses(program: string): Promise<FuseReading> {
  const wire = await getCurrentFuseWire(program);
  const unknown = Object.keys(wire).filter((key) => /^\d+$/.test(key) && !options.includes(Number(key)));
  if (unknown.length > 0) throw new Error(`this Electron has a fuse that nobody has thought about: ${unknown.join(', ')}`);
  const entries = options.map((option) => {
    const state = wire[option];
    return [option, state === FuseState.ENABLE ? true : state === FuseState.DISABLE ? false : null] as const;
  });
  return Object.fromEntries(entries) as unknown as FuseReading;
}

/**
 * Sets every switch that this Electron has, and reads them back.
 * @returns one `Name=on|off|absent` each, or a sentence that names what does not hold
 */
export async function lockFuses(program: string): Promise<Result<string[], string>> {
  const before = await readFuses(program);
  const there = options.filter((option) => before[option] !== null);
  const config = Object.fromEntries(there.map((option) => [option, WANTED_FUSES[option]]));
  await flipFuses(program, { version: FuseVersion.V1, ...config });
  const after = await readFuses(program);
  const wrong = there.filter((option) => after[option] !== WANTED_FUSES[option]);
  if (wrong.length > 0) return err(`fuses not as wanted: ${wrong.map((option) => FuseV1Options[option]).join(', ')}`);
  const word = (value: boolean | null) => (value === null ? 'absent' : value ? 'on' : 'off');
  return ok(options.map((option) => `${FuseV1Options[option]}=${word(after[option])}`));
}
