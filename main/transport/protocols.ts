import type { z } from 'zod';
import { CoreMessage, MAX_PAGE_MESSAGE, MAX_PHOTO_MESSAGE, PageMessage } from '../contract/page-protocol.ts';
import { CoreStaffMessage, MAX_STAFF_MESSAGE, StaffMessage } from '../contract/staff.ts';

/** What a page of one kind and the core may say to each other, and how much of it. Both ends check it: neither trusts the other. */
export interface Protocol<FromPage, FromCore> {
  /** Before a reason in the log. */
  readonly logged: '' | 'staff.';
  readonly fromPage: z.ZodType<FromPage>;
  readonly fromCore: z.ZodType<FromCore>;
  /** Messages a page may send a second, and at once. */
  readonly rate: number;
  /** Longest message of a page, bytes. */
  readonly longest: number;
  /** Pictures: long, and costly in both directions. null: this protocol has none. */
  readonly pictures: {
    /** How one begins. Nothing else may be long, and nothing else that is long is parsed. */
    readonly begins: string;
    readonly longest: number;
    /** Sent or asked for, a second, and at once. */
    readonly rate: number;
    readonly isAskedFor: (message: FromPage) => boolean;
  } | null;
}

/** The public page. A person presses a few times a second, a fast tester some tens; a picture is taken in several seconds. */
export const pageProtocol: Protocol<PageMessage, CoreMessage> = {
  logged: '',
  fromPage: PageMessage,
  fromCore: CoreMessage,
  rate: 200,
  longest: MAX_PAGE_MESSAGE,
  pictures: {
    begins: '{"type":"photo"',
    longest: MAX_PHOTO_MESSAGE,
    rate: 4,
    isAskedFor: ({ type }) => type === 'want-photo',
  },
};

/** The staff's page. */
export const staffProtocol: Protocol<StaffMessage, CoreStaffMessage> = {
  logged: 'staff.',
  fromPage: StaffMessage,
  fromCore: CoreStaffMessage,
  rate: 40,
  longest: MAX_STAFF_MESSAGE,
  pictures: null,
};
