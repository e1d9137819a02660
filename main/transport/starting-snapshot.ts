import { PublicLanguage } from '../contract/languages.ts';
import type { Snapshot } from '../contract/page-protocol.ts';

/**
 * What a page shows while there is no core: "out of order, starting". Keeps what belongs to the terminal, and nothing of a visit.
 * `last`: the newest snapshot there was, or null when there never was one.
 */
export function startingSnapshot(last: Snapshot | null): Snapshot {
  const languages: Snapshot['languages'] = last?.languages ?? PublicLanguage.options;
  return {
    v: 1,
    step: (last?.step ?? 0) + 1,
    screen: { name: 'out-of-order', reason: 'starting' },
    warning: null,
    prefs: { language: languages[0] ?? 'ja', textSize: 1, contrast: 'normal', height: 'normal', ruby: false },
    languages,
    line: 'offline',
    staffCalled: false,
    session: false,
    terminal: last?.terminal ?? { id: '-', name: { ja: '-' } },
    environment: last?.environment ?? 'production',
  };
}
