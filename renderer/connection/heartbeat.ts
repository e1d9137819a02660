export interface PageHeartbeatDeps {
  readonly requestFrame: (run: () => void) => void;
  /** The step that the document shows now, or null when it shows none (nothing was drawn, or drawing failed). */
  readonly shownStep: () => number | null;
  readonly tell: (step: number) => void;
}

/**
 * Tells the host what is really on the glass. Called after every snapshot, also one that changed nothing: the host's watchdog
 * sends those to ask for a sign of life. Two frames: the first callback runs before the paint it belongs to, the second after it.
 */
export function createPageHeartbeat({ requestFrame, shownStep, tell }: PageHeartbeatDeps): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestFrame(() =>
      requestFrame(() => {
        asked = false;
        const step = shownStep();
        if (step !== null) tell(step);
      }),
    );
  };
}
