import { parseArgs } from 'node:util';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';

/** What the core process is started with. */
export interface CoreArguments {
  /** A profile's name, or the path of a profile file. */
  readonly profile: string;
  /** Everything the core writes lives below this folder. */
  readonly data: string;
  /** Path of the local socket to listen on. */
  readonly socket: string;
  /** Path of the staff's own local socket: the public page's host never opens it. */
  readonly staffSocket: string;
  readonly site: string | undefined;
  readonly configDir: string | undefined;
  /** `key=value` pairs that win over every file. */
  readonly set: readonly string[];
}

/** @returns the arguments, or one sentence that says what is wrong */
export function parseCoreArguments(argv: readonly string[]): Result<CoreArguments, string> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        profile: { type: 'string' },
        data: { type: 'string' },
        socket: { type: 'string' },
        'staff-socket': { type: 'string' },
        site: { type: 'string' },
        config: { type: 'string' },
        set: { type: 'string', multiple: true },
      },
    });
    const { profile, data, socket } = values;
    if (profile === undefined || data === undefined || socket === undefined)
      return err('--profile, --data and --socket are wanted');
    return ok({
      profile,
      data,
      socket,
      staffSocket: values['staff-socket'] ?? `${socket}.staff`,
      site: values.site,
      configDir: values.config,
      set: values.set ?? [],
    });
  } catch (error) {
    return err(error instanceof Error ? error.message : 'arguments cannot be read');
  }
}
