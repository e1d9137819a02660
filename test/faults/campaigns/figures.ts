/**
 * What a campaign of faults found. `tried`: rounds. `lost`: acknowledged rows that are neither delivered nor named as lost. `doubled`: acts
 * done twice, with other bytes, or after they were taken back. `stuck`: rounds after which something still waited, or the kiosk did not come
 * back. `told`: rounds in which the kiosk noticed and said so. `ok`: whether the campaign has passed.
 */
export interface Figures {
  tried: number;
  lost: number;
  doubled: number;
  stuck: number;
  told: number;
  ok: boolean;
}

export interface CampaignOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly say: (line: string) => void;
}

export const noFigures = (): Figures => ({ tried: 0, lost: 0, doubled: 0, stuck: 0, told: 0, ok: true });

/** Takes one round in; its first problem is said, with what replays it. */
export function count(figures: Figures, round: RoundFigures, name: string, say: (line: string) => void): void {
  figures.tried += 1;
  figures.lost += round.lost;
  figures.doubled += round.doubled;
  figures.stuck += round.stuck ? 1 : 0;
  figures.told += round.told ? 1 : 0;
  if (round.problems.length > 0) figures.ok = false;
  const [first, ...others] = round.problems;
  if (first !== undefined) say(`FAIL ${name}: ${first}${others.length === 0 ? '' : `, and ${others.length} more`}`);
}

export interface RoundFigures {
  readonly lost: number;
  readonly doubled: number;
  readonly stuck: boolean;
  readonly told: boolean;
  /** Everything that is not right, one line each. Empty: the round has passed. */
  readonly problems: readonly string[];
}

/** Rounds by what they were, so that the campaign's last lines say what was tried. */
export function createTally(): { add(what: string): void; lines(): string[] } {
  const counts = new Map<string, number>();
  return {
    add: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    lines: () => [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, times]) => `  ${what.padEnd(48)} ${times}`),
  };
}
