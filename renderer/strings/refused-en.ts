/** Why the platform said no: the texts of refused-ja.ts. */
export const refusedEn = {
  unreadable: {
    title: 'It could not be done',
    text: 'What was sent could not be read. It was not your mistake.',
    next: 'Please start again from the beginning.',
  },
  'binding-mismatch': {
    title: 'What was sent did not fit together',
    text: 'What was sent did not fit together any more. It was not your mistake.',
    next: 'Please start again from the beginning.',
  },
  'signature-invalid': {
    title: 'The card could not be confirmed',
    text: "The card's confirmation did not fit what was sent.",
    next: 'Please start again from the beginning.',
  },
  'certificate-invalid': {
    title: 'The certificate could not be confirmed',
    text: 'The certificate on the card could not be confirmed.',
    next: 'Please ask at your city or town office, with the card.',
  },
  'certificate-expired': {
    title: 'The certificate has expired',
    text: 'The certificate has expired.',
    next: 'Your city or town office renews it free of charge. Please take the card there.',
  },
  'certificate-revoked': {
    title: 'The certificate can no longer be used',
    text: 'The certificate can no longer be used.',
    next: 'Please ask at your city or town office, with the card and an identity document.',
  },
  'challenge-unknown': {
    title: 'It could not be done from this terminal',
    text: 'This terminal was not prepared properly.',
    next: 'Please start again from the beginning.',
  },
  'challenge-used': {
    title: 'The request had arrived before',
    text: 'The same request had arrived before.',
    next: 'Start again to see the result.',
  },
  'challenge-expired': {
    title: 'It took too long',
    text: 'It took too long until the request arrived.',
    next: 'Please start again from the beginning.',
  },
  'terms-changed': {
    title: 'The terms are new',
    text: 'The terms have changed.',
    next: 'Please start again. If you come to this screen once more, please call staff.',
  },
  'content-refused': {
    title: 'The request was not accepted',
    text: 'The request was not accepted as it is.',
    next: 'Please tell staff this receipt number.',
  },
  'certificate-unknown': {
    title: 'The certificate cannot be used yet',
    text: 'It takes about a day until a new certificate can be used.',
    next: 'Please come again the day after tomorrow or later.',
  },
  'not-set-up': {
    title: 'There is no My Key ID yet',
    text: 'You need a My Key ID to apply.',
    next: 'When you apply again, one is made along with it.',
  },
  'already-signed-up': {
    title: 'You have applied before',
    text: 'One person can apply with one service only. It cannot be changed later.',
    next: '"Your Mynapoints" shows which service it is.',
  },
  'account-in-use': {
    title: 'This number is in use already',
    text: 'Somebody else has applied with this number. One number is for one person only.',
    next: 'Please check the number and apply again. If it is right, please ask the service.',
  },
  'service-closed': {
    title: 'This service takes no more applications',
    text: 'The last day to apply has passed.',
    next: 'Please choose another service and apply again.',
  },
  'service-not-here': {
    title: 'You cannot apply for this service here',
    text: 'Its own app must be used, or it is not for minors.',
    next: 'Please use its app, or choose another service.',
  },
  'account-refused': {
    title: 'The number could not be confirmed',
    text: 'The service says that the number does not fit.',
    next: 'Please look at your card or app and apply again.',
  },
  'policy-closed': {
    title: 'These points are closed',
    text: 'The last day to apply has passed.',
    next: 'Please look at other town points, or ask at your city or town office.',
  },
  'policy-budget': {
    title: 'These points are used up',
    text: 'There are no more of them to give.',
    next: 'Please ask at your city or town office about the next time.',
  },
  'not-eligible': {
    title: 'These points are not for you',
    text: 'Your answers do not fit the conditions.',
    next: 'If you answered by mistake, please apply again.',
  },
  'already-granted': {
    title: 'You have these points already',
    text: 'One person gets them once.',
    next: '"Your Mynapoints" shows when you got them.',
  },
  'form-unknown': {
    title: 'The number of this form is not known',
    text: 'No such form was printed, or it cannot be used any more.',
    next: 'Check the number and apply again. If it is right, get a new form at the counter of your city or town.',
  },
  'already-applied': {
    title: 'There is an application already',
    text: 'Somebody has applied with this form, or you have a card already.',
    next: 'You see how far it is with the receipt number you got then. If you are not sure, ask at the counter of your city or town.',
  },
  'photo-refused': {
    title: 'This photo was not taken',
    text: 'The photo did not keep the rules.',
    next: 'Please apply again from the beginning, with a new photo.',
  },
  'not-signed-up': {
    title: 'No payment service has been chosen yet',
    text: 'The points have no service to go to.',
    next: 'Please choose "Apply for Mynapoints" first.',
  },
};
