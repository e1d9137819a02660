import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../contract/result.ts';

/** What `npm run kiosk` was asked for. */
export interface LaunchArguments {
  /** A profile's name, or the path of a profile file. */
  readonly profile: string;
  readonly host: 'node' | 'electron';
  /** Folder of everything the core writes; undefined: `.data/PROFILE` beside the sources. */
  readonly data: string | undefined;
  /** TCP port of the node host; 0: any free one. */
  readonly port: number;
  /** TCP port of the staff's page, when there is a staff key; 0: any free one. */
  readonly staffPort: number;
  /** Node host: show the page in Debian's Chromium, full screen. */
  readonly open: boolean;
  /** The page's address with its token is printed also where standard output is no terminal, for a program that reads it. */
  readonly printToken: boolean;
  /** Handed to the core as they are. */
  readonly core: readonly string[];
}

export const USAGE =
  'usage: npm run kiosk -- --profile NAME [--host node|electron] [--data DIR] [--port N] [--staff-port N] [--open] [--print-token] [--site FILE] [--config DIR] [--set KEY=VALUE]...';

/** @returns the arguments, or one sentence that says what is wrong */
export function parseLaunchArguments(argv: readonly string[]): Result<LaunchArguments, string> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        profile: { type: 'string' },
        host: { type: 'string', default: 'node' },
        data: { type: 'string' },
        port: { type: 'string', default: '0' },
        'staff-port': { type: 'string', default: '0' },
        open: { type: 'boolean', default: false },
        'print-token': { type: 'boolean', default: false },
        site: { type: 'string' },
        config: { type: 'string' },
        set: { type: 'string', multiple: true },
      },
    });
    const { profile, host, data, open, site, config } = values;
    if (profile === undefined || profile === '') return err('--profile is wanted');
    if (host !== 'node' && host !== 'electron') return err('--host is node or electron');
    const { port, 'staff-port': staffPort } = values;
    for (const [name, text] of Object.entries({ port, 'staff-port': staffPort })) {
      if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) return err(`--${name} is a number from 0 to 65535`);
    }
    const core = [
      ...(site === undefined ? [] : ['--site', site]),
      ...(config === undefined ? [] : ['--config', config]),
      ...(values.set ?? []).flatMap((pair) => ['--set', pair]),
    ];
    return ok({
      profile,
      host,
      data,
      port: Number(port),
      staffPort: Number(staffPort),
      open,
      printToken: values['print-token'],
      core,
    });
  } catch (error) {
    return err(error instanceof Error ? error.message : 'arguments cannot be read');
  }
}
