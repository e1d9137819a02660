/** What a campaign of faults found. `tried`: rounds. `told`: rounds in which the kiosk noticed and said so. */
export interface Figures {
  tried: number;
  lost: number;
  doubled: number;
  stuck: number;
  told: number;
  ok: boolean;
}
