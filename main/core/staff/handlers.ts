import type { Result } from '../../contract/result.ts';
import type { StaffAnswer, StaffError, StaffRequest, StaffRole } from '../../contract/staff.ts';

/** Who asks: goes into the audit log. `key`: the key's name, not a person's. */
export interface StaffWho {
  readonly role: StaffRole;
  readonly key: string;
}

type StaffRequestOf<W extends StaffRequest['what']> = Extract<StaffRequest, { what: W }>;

/**
 * One handler per request. The console has checked that it is open and that the role may ask; it writes the audit log. A handler never
 * throws for what can be expected, and answers nothing that names a person.
 */
export type StaffHandlers = {
  readonly [W in StaffRequest['what']]: (request: StaffRequestOf<W>, who: StaffWho) => Promise<Result<StaffAnswer, StaffError>>;
};
