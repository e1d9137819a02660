import type { FindingOf } from '../../../contract/health-findings.ts';
import type { HealthCheckId, HealthResult } from '../../../contract/staff.ts';

/** What a check found; `number` and `id` are put on by whoever runs it. */
export interface Finding<C extends string = string> {
  readonly state: HealthResult['state'];
  readonly finding: C;
  readonly facts: HealthResult['facts'];
}

/** One small check. It may reject or never end: `runChecks` answers for it then. */
export type Check<C extends string = string> = () => Promise<Finding<C>>;
export type CheckOf<I extends HealthCheckId> = Check<FindingOf<I>>;

export const found = <C extends string>(state: Finding['state'], finding: C, facts: Finding['facts'] = {}): Finding<C> => ({
  state,
  finding,
  facts,
});

/** As the contract bounds a fact's text. */
export const short = (text: string): string => (text.length <= 120 ? text : `${text.slice(0, 119)}…`);
