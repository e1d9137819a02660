import { assign } from 'xstate';
import { OVER } from '../over.ts';
import { applicationParts, FIRST_CHOICES } from './parts.ts';

/**
 * Journey "card application" (個人番号カード交付申請), for a person without a card: the form is read, contact, certificates, braille, picture,
 * read-back, the same form is read again, then seal, queue, deliver (DESIGN section 4, official-flows.md section 5). Nothing personal is
 * entered before the form was read (invariant 2), and nothing of it is in here.
 */
export const applicationMachine = applicationParts.createMachine({
  id: 'application',
  context: {
    choices: FIRST_CHOICES,
    touched: 0,
    shots: 0,
    adviceSeen: false,
    composed: null,
    cannot: 'internal',
    answer: null,
    slip: { state: 'none' },
    output: { end: 'home' },
  },
  initial: 'about',
  on: {
    SLIP: { actions: 'takeSlip' },
    PRESS: { guard: 'home', actions: { type: 'leave', params: { end: 'home' } }, target: '.finished' },
  },
  states: {
    about: {
      on: {
        PRESS: [
          { guard: 'next', target: 'formRead' },
          { guard: 'noForm', target: 'noForm' },
          { guard: 'back', actions: { type: 'leave', params: { end: 'menu' } }, target: 'finished' },
        ],
      },
    },
    noForm: {
      entry: 'noSlip',
      on: {
        PRESS: [
          { guard: 'printing', actions: ['beginPrint', { type: 'print', params: { about: 'no-form' } }] },
          { guard: 'next', target: 'formRead' },
          { guard: 'back', target: 'about' },
          { guard: 'done', actions: { type: 'leave', params: { end: 'done' } }, target: 'finished' },
        ],
      },
    },
    formRead: {
      on: {
        TYPE: { actions: [{ type: 'atForm', params: { reading: 'first' } }, 'touch'] },
        TYPE_EDIT: { actions: [{ type: 'atForm', params: { reading: 'first' } }, 'touch'] },
        SCANNED: { actions: [{ type: 'atForm', params: { reading: 'first' } }, 'touch'] },
        PRESS: [
          { guard: 'home', actions: { type: 'leave', params: { end: 'home' } }, target: 'finished' },
          { guard: 'noForm', target: 'noForm' },
          { guard: 'back', target: 'about' },
          { actions: [{ type: 'atForm', params: { reading: 'first' } }, 'touch'] },
        ],
        FORM_TYPED: 'formCheck',
        FORM_READ: [{ guard: 'fresh', actions: 'startAnew', target: 'formMoved' }, { target: 'formMoved' }],
      },
    },
    /** Typed digits are compared with the paper: nothing else shows a wrong one. */
    formCheck: {
      on: {
        PRESS: [
          { guard: 'confirm', actions: { type: 'confirmForm', params: { reading: 'first' } } },
          { guard: 'back', target: 'formRead' },
        ],
        FORM_READ: [{ guard: 'fresh', actions: 'startAnew', target: 'formMoved' }, { target: 'formMoved' }],
      },
    },
    formMoved: {
      on: {
        PRESS: [
          { guard: 'yes', actions: { type: 'choose', params: { moved: true } }, target: 'formMovedAdvice' },
          { guard: 'no', actions: { type: 'choose', params: { moved: false } }, target: 'contactKind' },
          { guard: 'back', target: 'formRead' },
        ],
      },
    },
    formMovedAdvice: {
      entry: 'noSlip',
      on: {
        PRESS: [
          { guard: 'printing', actions: ['beginPrint', { type: 'print', params: { about: 'moved-advice' } }] },
          { guard: 'next', target: 'contactKind' },
          { guard: 'back', target: 'formMoved' },
          { guard: 'done', actions: { type: 'leave', params: { end: 'done' } }, target: 'finished' },
        ],
      },
    },
    contactKind: {
      on: {
        PRESS: [
          { guard: 'email', actions: { type: 'choose', params: { contact: 'email' } }, target: 'contactEntry' },
          { guard: 'phone', actions: { type: 'choose', params: { contact: 'phone' } }, target: 'contactEntry' },
          { guard: 'none', actions: { type: 'choose', params: { contact: 'none' } }, target: 'contactNone' },
          { guard: 'back', target: 'formMoved' },
        ],
      },
    },
    contactEntry: {
      on: {
        TYPE: { actions: ['atContact', 'touch'] },
        TYPE_EDIT: { actions: ['atContact', 'touch'] },
        PRESS: [
          { guard: 'home', actions: { type: 'leave', params: { end: 'home' } }, target: 'finished' },
          { guard: 'back', actions: 'atContact', target: 'contactKind' },
          { actions: ['atContact', 'touch'] },
        ],
        CONTACT_DONE: 'certificates',
      },
    },
    contactNone: {
      on: {
        PRESS: [
          { guard: 'next', target: 'certificates' },
          { guard: 'back', target: 'contactKind' },
        ],
      },
    },
    certificates: {
      on: {
        PRESS: [
          { guard: 'toggleSignature', actions: { type: 'toggle', params: { which: 'signature' } } },
          { guard: 'toggleAuthentication', actions: { type: 'toggle', params: { which: 'authentication' } } },
          { guard: 'next', target: 'braille' },
          { guard: 'back', target: 'contactKind' },
        ],
      },
    },
    braille: {
      on: {
        PRESS: [
          { guard: 'yes', actions: { type: 'choose', params: { braille: true } }, target: 'photoOrReview' },
          { guard: 'no', actions: { type: 'choose', params: { braille: false } }, target: 'photoOrReview' },
          { guard: 'back', target: 'certificates' },
        ],
      },
    },
    /** A person who came back to change something keeps the picture. */
    photoOrReview: { always: [{ guard: 'hasPhoto', target: 'photoReview' }, { target: 'photoPrepare' }] },
    photoPrepare: {
      on: {
        PRESS: [
          { guard: 'normal', actions: { type: 'choose', params: { way: 'normal' } } },
          { guard: 'cover', actions: { type: 'choose', params: { way: 'cover' } } },
          { guard: 'pose', actions: { type: 'choose', params: { way: 'pose' } } },
          { guard: 'next', target: 'photo' },
          { guard: 'back', target: 'braille' },
        ],
      },
    },
    photo: {
      on: {
        PHOTO_TAKEN: [
          { guard: 'asksOnce', actions: 'countShot', target: 'photoAdvice' },
          { actions: 'countShot', target: 'photoReview' },
        ],
        PRESS: [
          { guard: 'backWithPhoto', target: 'photoReview' },
          { guard: 'back', target: 'photoPrepare' },
        ],
      },
    },
    photoAdvice: {
      entry: assign({ adviceSeen: true }),
      on: {
        PRESS: [
          { guard: 'retake', target: 'photo' },
          { guard: 'use', target: 'photoReview' },
          { guard: 'back', target: 'photoPrepare' },
        ],
      },
    },
    photoReview: {
      on: {
        PRESS: [
          { guard: 'retake', target: 'photo' },
          { guard: 'use', target: 'composing' },
          { guard: 'back', target: 'photoPrepare' },
        ],
      },
    },
    composing: {
      invoke: {
        src: 'compose',
        input: ({ context }) => context.choices,
        onDone: [
          { guard: 'cannot', actions: 'takeCannot', target: 'cannotAccept' },
          {
            actions: assign({ composed: ({ event }) => ('cannot' in event.output ? null : event.output) }),
            target: 'readBack',
          },
        ],
        onError: { actions: assign({ cannot: 'internal' }), target: 'cannotAccept' },
      },
    },
    readBack: {
      on: {
        PRESS: [
          { guard: 'confirm', target: 'formAgain' },
          { guard: 'back', actions: 'dropDraft', target: 'photoReview' },
        ],
      },
    },
    /** The form instead of a PIN: whoever sends this off holds the paper that it began with. */
    formAgain: {
      on: {
        TYPE: { actions: [{ type: 'atForm', params: { reading: 'again' } }, 'touch'] },
        TYPE_EDIT: { actions: [{ type: 'atForm', params: { reading: 'again' } }, 'touch'] },
        SCANNED: { actions: [{ type: 'atForm', params: { reading: 'again' } }, 'touch'] },
        PRESS: [
          { guard: 'home', actions: { type: 'leave', params: { end: 'home' } }, target: 'finished' },
          { guard: 'back', target: 'readBack' },
          { actions: [{ type: 'atForm', params: { reading: 'again' } }, 'touch'] },
        ],
        FORM_TYPED: 'formAgainCheck',
        FORM_SAME: 'committing',
        FORM_OTHER: 'otherForm',
      },
    },
    /** Typed, and not the same: a wrong digit, or another form? */
    formAgainCheck: {
      on: {
        PRESS: [
          { guard: 'confirm', actions: { type: 'confirmForm', params: { reading: 'again' } } },
          { guard: 'back', target: 'formAgain' },
        ],
        FORM_OTHER: 'otherForm',
      },
    },
    otherForm: {
      entry: ['endApplication', assign({ choices: FIRST_CHOICES, composed: null, shots: 0 })],
      on: {
        PRESS: [{ guard: 'done', actions: { type: 'leave', params: { end: 'done' } }, target: 'finished' }],
      },
    },
    committing: {
      invoke: {
        src: 'commit',
        onDone: [{ guard: 'cannot', actions: 'takeCannot', target: 'cannotAccept' }, { target: 'delivering' }],
        onError: { actions: assign({ cannot: 'internal' }), target: 'cannotAccept' },
      },
    },
    cannotAccept: {
      entry: 'endApplication',
      on: { PRESS: { guard: 'done', actions: { type: 'leave', params: { end: 'done' } }, target: 'finished' } },
    },
    delivering: {
      tags: OVER,
      invoke: {
        src: 'answer',
        input: { limit: 'short' },
        onDone: { actions: assign({ answer: ({ event }) => event.output }), target: 'deciding' },
        onError: 'received',
      },
    },
    deciding: { always: [{ guard: 'stillWaiting', target: 'received' }, { target: 'answered' }] },
    /** 受付: the slip comes out by itself. Should the answer still come while the person stands here, it is shown. */
    received: {
      tags: OVER,
      entry: ['beginPrint', { type: 'print', params: { about: 'outcome' } }],
      invoke: {
        src: 'answer',
        input: { limit: 'none' },
        onDone: {
          guard: ({ event }) => event.output.kind !== 'waiting',
          actions: assign({ answer: ({ event }) => event.output }),
          target: 'answered',
        },
      },
      on: {
        PRESS: [
          { guard: 'done', actions: { type: 'leave', params: { end: 'done' } }, target: 'finished' },
          { guard: 'printing', actions: ['beginPrint', { type: 'print', params: { about: 'outcome' } }] },
        ],
      },
    },
    answered: {
      tags: OVER,
      entry: 'noSlip',
      on: {
        PRESS: [
          { guard: 'done', actions: { type: 'leave', params: { end: 'done' } }, target: 'finished' },
          { guard: 'printing', actions: ['beginPrint', { type: 'print', params: { about: 'outcome' } }] },
        ],
      },
    },
    finished: { type: 'final' },
  },
  output: ({ context }) => context.output,
});
