/**
 * Where a core can be killed between the card's signature and the end of a row, in the order in which a set-up passes them.
 * `row`: what must be in the queue after a death at exactly this point. `promised`: whether the person was already told.
 * `world`: what the platform does meanwhile. `again`: the point at which the second life dies too, during the recovery.
 */
export interface Step {
  readonly row: 'none' | 'kept';
  readonly promised: boolean;
  readonly world?: 'offline' | 'drops-reply' | 'postpones';
  readonly again?: string;
}

const before: Step = { row: 'none', promised: false };
/** From the journal's line on the row is there, whatever the person got to see. */
const unsaid: Step = { row: 'kept', promised: false };
const said: Step = { row: 'kept', promised: true };

export const steps = {
  'challenge-spent': before,
  signed: before,
  'before-seal': before,
  sealed: before,
  'before-enqueue': before,
  'row-written': unsaid,
  'row-committed': unsaid,
  enqueued: unsaid,
  'promise-shown': said,
  // Sent in the same breath as it is committed: the page hears of the promise a moment later.
  'before-mark': unsaid,
  'mark-written': unsaid,
  'mark-committed': unsaid,
  'before-send': unsaid,
  'request-sent': said,
  'platform-committed': said,
  'reply-arrived': said,
  'before-settle': said,
  'settle-written': said,
  'settle-committed': said,
  settled: said,
  'issued-shown': said,
  vacuumed: said,
  checkpointed: said,
  'received-shown': { ...said, world: 'offline' },
  'reply-lost': { ...said, world: 'drops-reply' },
  'postpone-written': { ...said, world: 'postpones' },
  'postpone-committed': { ...said, world: 'postpones' },
  'reopened-twice': { ...said, again: 'reopened' },
  'resent-twice': { ...said, again: 'reply-arrived' },
  'settled-twice': { ...said, again: 'settle-written' },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof steps;
export const stepNames = Object.keys(steps) as StepName[];

/** Steps that are another step's point in another world, or a second life's. */
const points: Partial<Record<StepName, string>> = {
  'reply-lost': 'resending',
  'reopened-twice': 'reply-arrived',
  'resent-twice': 'reply-arrived',
  'settled-twice': 'before-settle',
};

/** The point in the child at which the first life ends. */
export const pointOf = (name: StepName): string => points[name] ?? name;
export const stepOf = (name: StepName): Step => steps[name];
