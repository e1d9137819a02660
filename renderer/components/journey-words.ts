import type { Journey } from '../../main/contract/screens.ts';

/** How each journey is named: `title` and `text` on the menu, `short` where it is one of many things on the screen. */
export const JOURNEY_WORDS = {
  check: { icon: 'card', title: 'menu.check', text: 'menu.checkText', short: 'attract.check' },
  'set-up': { icon: 'points', title: 'menu.setUp', text: 'menu.setUpText', short: 'attract.setUp' },
  'sign-up': { icon: 'e-money', title: 'menu.signUp', text: 'menu.signUpText', short: 'attract.signUp' },
  status: { icon: 'chart', title: 'menu.status', text: 'menu.statusText', short: 'attract.status' },
  municipal: { icon: 'town', title: 'menu.municipal', text: 'menu.municipalText', short: 'attract.municipal' },
  'card-application': { icon: 'apply', title: 'menu.application', text: 'menu.applicationText', short: 'attract.application' },
  'receipt-lookup': {
    icon: 'paper',
    title: 'menu.receiptLookup',
    text: 'menu.receiptLookupText',
    short: 'attract.receiptLookup',
  },
} as const satisfies Record<Journey, object>;
