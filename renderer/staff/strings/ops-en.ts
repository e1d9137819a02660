import type { OpsWords } from './ops-words.ts';

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const opsEn: OpsWords = {
  health: {
    state: { good: 'Good', warning: 'Look', bad: 'Bad', unknown: 'Unknown' },
    noAnswer: ['No answer in time.', 'Wait a moment and look again.'],
    failed: ['Could not be looked at.', 'Tell the engineer the number.'],
    allGood: 'Everything is good.',
    look: (numbers) => `Look at: ${numbers}`,
    again: 'Look again',
    saveText: 'Save for the telephone',
    saveJson: 'Save all (JSON)',
  },
  queue: {
    line: { online: 'The line is up', offline: 'The line is down' },
    counts: {
      pending: 'Waiting',
      sending: 'Under way',
      accepted: 'Accepted',
      refused: 'Refused',
      parked: 'Parked',
      cancelled: 'Taken back',
      lost: 'Lost',
    },
    oldest: 'Oldest that waits: ',
    nothingWaits: 'Nothing waits',
    nextAttempt: 'Next try at ',
    challenges: 'Left for a line that is down',
    age: (seconds) =>
      seconds < 60
        ? counted(seconds, 'second ago', 'seconds ago')
        : seconds < 3600
          ? counted(Math.floor(seconds / 60), 'minute ago', 'minutes ago')
          : seconds < 86_400
            ? counted(Math.floor(seconds / 3600), 'hour ago', 'hours ago')
            : counted(Math.floor(seconds / 86_400), 'day ago', 'days ago'),
    retry: 'Try to send now',
    retried: 'Sending. Wait a moment, then read again.',
    answers: 'Last answers',
    noAnswers: 'No answers yet.',
    answer: {
      accepted: 'Accepted',
      conflict: 'Same number, other content',
      'too-many-attempts': 'Undecided after many tries',
      http: 'Of a form that is not taken',
    },
    parked: 'Parked',
    noParked: 'Nothing is parked.',
    receipt: 'Receipt',
    kind: 'Procedure',
    since: 'Received',
    attempts: 'Retries',
    reason: 'Reason',
    release: 'Send again',
    releaseSure: 'Send this one to the platform again?',
    released: 'It waits for the platform again.',
    deadLine: 'When the line stays down',
    deadLineText:
      'What waits and what is parked can be written to a USB stick, sealed as it is. The operator of the platform takes it and gives back an answer, which is read in here. Everything stays queued here until then.',
    noMedia: 'Put a USB stick in, then read again.',
    medium: 'USB stick',
    export: 'Export',
    exportSure: 'After an export nobody can take back what waits, not even with the slip. Export?',
    exported: (rows, file) => `${counted(rows, 'row', 'rows')} written (${file}). The stick can be removed.`,
    nothingToExport: 'Nothing waits and nothing is parked, so there is nothing to export.',
    import: 'Read the answer in',
    imported: (settled, again, unknown) =>
      `Settled: ${settled}.${again === 0 ? '' : ` Settled before: ${again}.`}${unknown === 0 ? '' : ` Not of this kiosk: ${unknown}.`}`,
    badFile: 'There is no answer to this kiosk, or it was changed. Nothing was done.',
  },
  settings: {
    profile: 'Profile',
    profileText: 'A set of settings for the place where the kiosk stands. A choice holds for every later start.',
    change: (name) => `Use "${name}"`,
    changeSure: (name) => `Use "${name}" and start the kiosk again?`,
    refused: 'The kiosk cannot start with this profile. Nothing was changed.',
    restarting: 'The kiosk is being started again. Please wait.',
    device: 'Enrolment of the device',
    identity: {
      settings: 'The certificate of the settings is used (platform.tls).',
      enrolled: 'The enrolled certificate is used.',
      none: 'There is no certificate.',
    },
    days: (days) => (days < 0 ? 'It has ended.' : `It is good for ${counted(days, 'day', 'days')}.`),
    enrolText: 'Enter the one-time code from the operator of the platform. The key is made in this kiosk and never leaves it.',
    code: 'Code',
    codeForm: 'Three to five groups of four.',
    enrol: 'Enrol',
    fromFile: 'The certificate of the settings comes first, so nothing can be enrolled here.',
    codeRefused: 'The code is wrong, used or too old. Ask for a new one. The enrolment is as before.',
    platformAway: 'The platform cannot be reached, or takes no enrolment now. The enrolment is as before.',
    all: 'All settings',
    find: 'Find by name',
    key: 'Name',
    value: 'Value',
    from: 'From',
    none: 'No such setting.',
  },
  trial: {
    title: 'Try the cameras and the scanner',
    text: "The kiosk's own screen shows the camera's picture. Nothing that it sees is kept. Nobody can use the kiosk meanwhile.",
    begin: { codes: 'Try the camera for codes, and the hand scanner', face: 'Try the camera for ID photos' },
    end: 'End the trial',
    waits: 'Waiting for word from the camera.',
    camera: {
      running: 'It shows a picture.',
      'stand-in': 'The camera of the settings is missing; another one stands in. Check the settings and the cable.',
      missing: 'There is no camera. Check the cable.',
      denied: 'The camera may not be used.',
      busy: 'Another program uses the camera.',
      failed: 'The camera does not work. Plug it in again.',
      stopped: 'The picture has stopped. Plug it in again.',
      black: 'It sees nothing. Check cover and direction.',
    },
    noCode: 'Show the camera a code, or read one with the hand scanner. Only the number of its signs is shown here.',
    code: (by, signs) => `${by}: a code of ${counted(signs, 'sign', 'signs')} was read.`,
    by: { camera: 'Camera', scanner: 'Hand scanner' },
    learnt: {
      us: 'This scanner is set to a US keyboard. The kiosk will remember.',
      jis: 'This scanner is set to a Japanese (JIS) keyboard. The kiosk will remember.',
    },
    setUpCode: 'Set-up code',
    setUpText: 'Read it with the hand scanner, and the kiosk remembers which keyboard the scanner is set to.',
    layout: { auto: 'Read now as: either keyboard.', us: 'Read now as: US.', jis: 'Read now as: Japanese (JIS).' },
    named: { settings: '(named by the settings, which win over the code)', 'set-up-code': '(by the set-up code)', nobody: '' },
    nameScanner:
      'This scanner types like a keyboard. Best is to name it in the settings (scanner.device): then it can type into no screen.',
    keys: {
      none: 'Keys: this kiosk has none for people (keyboard: "none"). Whatever types is taken for a scanner, however slow. For a ten-key pad set "ten-key", for a keyboard "full".',
      'ten-key':
        'Keys: a ten-key pad (keyboard: "ten-key"). Only a pad’s own keys press anything. Still not told apart: a slow scanner that is set to send digits as keys of a pad. Name that one (scanner.device).',
      full: 'Keys: any keyboard (keyboard: "full"). Not told apart: a scanner that takes longer than 100 ms for a key. It presses keys like a person; name it (scanner.device), or set "ten-key" or "none".',
    },
  },
  sure: { yes: 'Yes', no: 'Cancel' },
};
