import { PublicLanguage } from '../../main/contract/languages.ts';
import type { Snapshot } from '../../main/contract/page-protocol.ts';

/** What the page knows of its terminal. Nothing in here belongs to a visit. */
export interface TerminalFacts {
  readonly languages: Snapshot['languages'];
  readonly terminal: Snapshot['terminal'];
  readonly environment: Snapshot['environment'];
  readonly panel: Snapshot['panel'];
}

export function terminalFacts({ languages, terminal, environment, panel }: Snapshot): TerminalFacts {
  return { languages, terminal, environment, panel };
}

/** The screen while the host is away: "starting", in the terminal's first language. */
export function awaySnapshot(known: TerminalFacts | null): Snapshot {
  const languages: Snapshot['languages'] = known?.languages ?? PublicLanguage.options;
  return {
    v: 1,
    step: 0,
    screen: { name: 'out-of-order', reason: 'starting' },
    warning: null,
    prefs: { language: languages[0] ?? 'ja', textSize: 1, contrast: 'normal', height: 'normal', ruby: false },
    languages,
    line: 'offline',
    staffCalled: false,
    session: false,
    terminal: known?.terminal ?? { id: '-', name: { ja: '' } },
    environment: known?.environment ?? 'production',
    ...(known?.panel === undefined ? {} : { panel: known.panel }),
  };
}
