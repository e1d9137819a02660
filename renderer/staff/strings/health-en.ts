import type { HealthWords } from './ops-words.ts';

const NOT_USED = 'Not used: the reader is a virtual one.';
const UNKNOWN_HERE = 'Cannot be told on this machine.';

export const healthEn: HealthWords = {
  reader: {
    name: 'Card reader',
    findings: {
      there: ['{count} there ({names}).'],
      none: ['None.', 'Pull its USB cable and put it in again. See whether its name fits the setting reader.names.'],
      'no-service': ['Unknown, because the card service does not run.', 'Mend number 4 first.'],
      'strange-slot': [
        '{count} there ({names}). A slot that nobody uses holds something that is no resident’s card ({slots}). The kiosk serves all the same.',
        'Name the reader that cards are laid on in the setting reader.names.',
      ],
    },
  },
  'card-contact': {
    name: 'Reading cards',
    findings: {
      probed: ['The card that lies there can be read. PIN tries left: {triesLeft}.'],
      read: ['The last card was read {minutes} min ago. {reads} read since the start.'],
      problem: ['The card {minutes} min ago could not be read ({problem}).', 'Wipe the reader, lay a card on and look again.'],
      'none-yet': ['No card was read since the start.', 'Lay a card on and look again. No PIN is used.'],
      mute: ['The card does not answer.', 'Turn it over, take it out of its case, lay on one only.'],
      'other-card': ['What lies there is not a My Number Card.', 'Lay on a My Number Card and look again.'],
      'card-fault': [
        'The card that lies there cannot be read ({problem}).',
        'Try another card. If it is the same, replace the reader.',
      ],
    },
  },
  addon: {
    name: 'Link to the reader',
    findings: {
      loads: ['Loads (Node-API {napi}, {kib} KB).'],
      missing: ['Its file is missing.', 'Install the package again.'],
      'not-node-api': ['Not the one of this product.', 'Install the package again.'],
      'does-not-load': ['Does not load.', 'See whether libpcsclite1 is installed.'],
      'not-used': [NOT_USED],
    },
  },
  pcscd: {
    name: 'Card service (pcscd)',
    findings: {
      up: ['Runs.'],
      down: ['Stopped.', 'Run "systemctl restart pcscd.socket".'],
      silent: ['Runs, but does not answer.', 'Run "systemctl restart pcscd".'],
      starting: ['No answer yet.', 'Wait a moment and look again.'],
      'not-used': [NOT_USED],
    },
  },
  polkit: {
    name: 'Right to use the service',
    findings: {
      allowed: ['Granted.'],
      'no-service': ['Unknown, because the service does not run.', 'Mend number 4 first.'],
      'socket-denied': [
        'The socket of the service cannot be opened.',
        'Put the user madoguchi-core into the group madoguchi-reader.',
      ],
      refused: ['The service refuses us.', 'Install the polkit rule (50-madoguchi-pcscd.rules).'],
      'card-refused': ['The service lets us use no card.', 'Install the polkit rule (50-madoguchi-pcscd.rules).'],
      'cannot-tell': [UNKNOWN_HERE],
      'not-used': [NOT_USED],
    },
  },
  database: {
    name: 'Store of requests',
    findings: {
      whole: ['Whole. Waiting: {waiting}, parked: {parked}.'],
      checking: ['Being checked.', 'Wait a moment and look again.'],
      'put-off': [
        'The check came to a standstill and is put off.',
        'It begins by itself within some hours; it can be begun under "Queue".',
      ],
      noticed: [
        'Something was noticed about the two copies ({noticed}). The kiosk goes on serving.',
        'See what it was, and the receipts, under "Queue".',
      ],
      'set-aside': [
        'Whole. Damaged files of before were set aside: {files}.',
        'Do not delete them; see under "Queue" whether requests can be saved from them.',
      ],
      damaged: ['Damaged ({wrong}).', 'Leave the power on and tell the engineer. Try an export under "Queue".'],
      unreadable: ['Cannot be read.', 'Look at the disk, then start the kiosk again.'],
      none: ['Cannot be opened, so nothing is accepted.', 'Look at the room on the disk and the right to write.'],
    },
  },
  disk: {
    name: 'Room on the disk',
    findings: {
      room: ['{freeMb} MB ({leastMb} MB are needed).'],
      low: ['Getting small: {freeMb} MB ({leastMb} MB are needed).', 'Remove what is not needed.'],
      full: ['Not enough: {freeMb} MB ({leastMb} MB are needed).', 'Nothing new is accepted until there is room.'],
      unreadable: ['Cannot be told.', 'See whether the disk is connected.'],
    },
  },
  clock: {
    name: 'Clock',
    findings: {
      right: ['Right (difference {seconds} s).'],
      off: ['{seconds} s off.', 'Look at the time service (NTP).'],
      'far-off': ['{seconds} s off. Requests may be refused.', 'Set the clock now.'],
      'platform-away': ['Unknown, because the platform cannot be reached.', 'Mend number 9 first.'],
    },
  },
  platform: {
    name: 'Platform',
    findings: {
      answers: ['Answered in {ms} ms.'],
      slow: ['Took {ms} ms to answer.', 'See whether the line is busy.'],
      maintenance: ['Under maintenance.', 'Wait. Requests are accepted meanwhile.'],
      busy: ['Busy ({status}).', 'Wait. Requests are accepted meanwhile.'],
      away: ['Cannot be reached.', 'Look at the network cable and the router. Requests are accepted meanwhile.'],
      refused: ['Refuses this kiosk ({status}).', 'Look at number 10, and enrol the device under "Settings".'],
      garbage: ['Its answer cannot be read.', 'Look at what is in between (a proxy).'],
    },
  },
  'device-certificate': {
    name: 'Certificate of the device',
    findings: {
      good: ['Good for {days} days.'],
      'ends-soon': ['Ends in {days} days.', 'Enrol the device again under "Settings".'],
      ended: ['Ended.', 'Enrol the device again under "Settings".'],
      'not-yet': ['Its first day has not come.', 'Look at the clock (number 8).'],
      unreadable: ['Cannot be read.', 'Look at the files of the setting platform.tls.'],
      none: ['None.', 'Enrol the device under "Settings".'],
      'not-needed': ['Not needed in the sandbox.'],
    },
  },
  printer: {
    name: 'Printer',
    findings: {
      ready: ['Ready.'],
      'not-used': ['Not used, by the settings.'],
      'paper-low': ['Ready; the paper is near its end.', 'Put in a new roll soon.'],
      'no-printer': ['None.', 'Look at the cable and the setting printer.'],
      offline: ['Cannot be reached.', 'Look at its power and cable.'],
      'paper-out': ['Out of paper.', 'Put paper in.'],
      'cover-open': ['Its cover is open.', 'Close the cover.'],
      refused: ['Takes nothing.', 'Switch it off and on.'],
      'line-not-set-up': [
        'The serial line is not set up.',
        'Look at the settings printer.device, printer.baud, flow, parity and stopBits (not every line can do each of them), and at the rights on the device.',
      ],
    },
  },
  camera: {
    name: 'Camera',
    findings: {
      there: ['Connected (inputs: {count}): {names}'],
      none: ['None.', 'Look at its USB cable. Card applications need it.'],
      'cannot-tell': [UNKNOWN_HERE],
    },
  },
  audio: {
    name: 'Sound',
    findings: {
      there: ['Has a way out ({names}).'],
      none: ['Has no way out.', 'Connect a loudspeaker. Audio guidance needs it.'],
      'cannot-tell': [UNKNOWN_HERE],
    },
  },
  versions: {
    name: 'Versions',
    findings: {
      listed: ['As follows.'],
      'other-node': ['Node is not the one the tests ran on ({pinned}).', 'Install the package again.'],
    },
  },
  scanner: {
    name: 'Hand scanner',
    findings: {
      there: ['There.'],
      missing: ['The scanner that the settings name is not there.', 'See whether its cable is in.'],
      denied: [
        'The scanner is there, but may not be read.',
        'Install 70-madoguchi-scanner.rules and 50-usb-scanner.conf, and plug it in anew.',
      ],
      'not-used': ['The settings name none. One that types like a keyboard can be used.'],
    },
  },
  journeys: {
    name: 'Journeys',
    findings: {
      all: ['Everything that the settings name is offered.'],
      'left-out': ['{list}', 'Connect what is missing, or take the journey out of `journeys` in the settings.'],
    },
  },
};
