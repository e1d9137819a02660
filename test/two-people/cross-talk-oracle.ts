import { X509Certificate } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Catalogue } from '../../main/contract/catalogue.ts';
import type { Button, Snapshot } from '../../main/contract/page-protocol.ts';
import { unreachable } from '../../main/contract/result.ts';
import { ownerOf, type PendingHere, type ReadBack } from '../../main/contract/screens.ts';
import type { SubmissionContent } from '../../main/contract/submission.ts';
import { personOf, type TestPki } from '../sandbox/pki/index.ts';
import { certificateKey } from '../sandbox/platform/certificate.ts';
import type { LinkRow } from '../sandbox/platform/store.ts';
import type { PersonView, SubmissionView } from '../sandbox/platform/views.ts';
import type { Who } from './counter-world.ts';

/**
 * Somebody who stands beside the counter and sees what the kiosk cannot know: whose hand laid which card on, who pressed what when. Notes
 * every breach of invariants 1, 2 and 4 and takes no part.
 */
export interface CrossTalkOracle {
  laid(who: Who): void;
  /** The card is off the reader, whoever did it. */
  left(): void;
  /** @param seen what the person saw while pressing; null: the press was of an older screen */
  pressed(button: Button, seen: Snapshot | null): void;
  typed(digit: string): void;
  /** A key of the entry's keyboard. */
  entered(sign: string): void;
  command(who: Who, apdu: Uint8Array): void;
  saw(snapshot: Snapshot): void;
  /** Compares with what the platform took. @param catalogue has the names of what contents name by id */
  judge(
    submissions: readonly SubmissionView[],
    platformPeople: readonly PersonView[],
    links: readonly LinkRow[],
    catalogue: Catalogue,
  ): void;
  /** How many commands reached a card. */
  readonly commands: number;
  readonly breaches: readonly string[];
  /** Something else that must never be: a command outside the allow-list. */
  breach(what: string): void;
  /** Submissions of this kiosk that the platform accepted. */
  readonly accepted: number;
  /** Those of them that linked an account. */
  readonly signUps: number;
  /** Those of them that were municipal points. */
  readonly municipal: number;
  /** Accepted sign-ups of somebody who came after another one of the family. */
  readonly familySignUps: number;
  /** How often somebody was told that the family had used an account. */
  readonly familyWarnings: number;
  /** The account that was entered last, by anybody; null: none yet. */
  readonly lastAccount: string | null;
  /** Sign-ups and set-ups that somebody took back with a slip before they were sent. */
  readonly takenBack: number;
  /** Receipt numbers that were ever on the screen, as slips in people's hands. */
  readonly slips: readonly string[];
  readonly screens: ReadonlySet<string>;
}

/** One laying-on of one card. */
interface Stay {
  readonly who: Who;
  readonly number: number;
  /** Digits typed while this card lay there. */
  typed: string;
  /** Everything entered while this card lay there: accounts and codes. */
  entered: string;
}

interface Confirmed {
  readonly who: Who;
  readonly content: ReadBack;
  /** In a family run, after somebody else. */
  readonly family: boolean;
}

/** A question before the card that the read-back shows again: what was answered, and who had a card on since. */
interface Answered<T> {
  readonly value: T;
  readonly cards: Set<Who>;
}

/** Where a sign-up has come to an end and the family may go on. */
const COULD_GO_ON: ReadonlySet<string> = new Set([
  ...(['signed-up', 'already-signed-up', 'received', 'refused', 'accepted', 'parked'] as const),
]);
/** Screens that offer to begin with one's own card. */
const ASKS_OWN: ReadonlySet<string> = new Set(['about-set-up', 'about-sign-up'] as const);
const WHOSE = { self: 'self', child: 'child-under-15', represented: 'represented' } as const;

export function createCrossTalkOracle(pki: TestPki): CrossTalkOracle {
  const breaches: string[] = [];
  const screens = new Set<string>();
  const confirmed = new Map<string, Confirmed>();
  /** Which stay a receipt, challenge or instant was first shown in. */
  const shownIn = new Map<string, number>();
  /** Whose card was on when a receipt was first shown. */
  const holders = new Map<string, Who>();
  const cancelled = new Set<string>();
  let stay: Stay | null = null;
  let stays = 0;
  let accepted = 0;
  let signUps = 0;
  /** Ends of accounts that were shown to whom. */
  const endsOf = new Map<Who, Set<string>>();
  let commands = 0;
  /** Who had a card on since "whose card is it" was answered last. */
  let whose: Answered<string> | null = null;
  let helped: Answered<boolean> | null = null;
  /** Accounts that were confirmed since the kiosk was last at rest: all that a family run may know. */
  const runAccounts = new Set<string>();
  /** "Next person" was pressed and the kiosk has not been at rest since. */
  let family = false;
  let municipal = 0;
  let familySignUps = 0;
  let familyWarnings = 0;
  let lastAccount: string | null = null;
  const idsOf = new Map<Who, Set<string>>();

  const breach = (text: string): void => void breaches.push(text);
  const once = (what: string, value: string) => {
    const key = `${what}:${value}`;
    const at = stay?.number ?? 0;
    const first = shownIn.get(key);
    if (first === undefined) shownIn.set(key, at);
    else if (first !== at) breach(`${what} of stay ${first} shown in stay ${at}`);
  };
  const ownOnly = (text: string, what: string) => {
    if (stay === null || !stay.entered.includes(text)) breach(what);
  };
  const shownEnd = (masked: string) => {
    if (stay === null) breach('an account without a card');
    else endsOf.set(stay.who, (endsOf.get(stay.who) ?? new Set<string>()).add(masked));
  };
  const waitsFor = (pending: PendingHere) => {
    if (pending.some(({ receipt }) => holders.get(receipt) !== stay?.who)) breach('what waits for somebody else');
  };
  const answeredWith = <T>(answer: Answered<T> | null, value: T, question: string) => {
    if (answer === null || answer.value !== value) breach(`a read-back with "${question}" that nobody answered`);
    else if ([...answer.cards].some((who) => who !== stay?.who))
      breach(`a read-back with an answer to "${question}" from before another card`);
  };
  /** What a content says of its own kind, as the read-back must have said it; in Japanese, nobody changes the language here. */
  const ownOf = (content: SubmissionContent, { services, policies, measure, version }: Catalogue): object => {
    switch (content.kind) {
      case 'set-up':
      case 'status':
        return {};
      case 'sign-up': {
        const service = services.find(({ id }) => id === content.service);
        const rules = service === undefined ? [] : [service.account, ...service.codes];
        if (content.measure !== measure.id || content.catalogue !== version) breach('another catalogue than was there');
        return {
          service: service?.name.ja,
          on: content.on,
          makeId: content.makeId,
          fields: [content.account, ...content.codes].map((text, at) => [rules[at]?.label.ja, text]),
        };
      }
      case 'municipal': {
        const policy = policies.find(({ id, version: at }) => id === content.policy.id && at === content.policy.version);
        const textOf = (id: string) => policy?.questions.find((question) => question.id === id)?.text.ja;
        return {
          policy: policy?.title.ja,
          municipality: policy?.municipality.ja,
          amount: policy?.amount,
          answers: content.answers.map(({ question, answer }) => [textOf(question), answer]),
        };
      }
      default:
        return unreachable(content);
    }
  };
  /** The same of a read-back. */
  const shownOf = (content: ReadBack): object => {
    switch (content.kind) {
      case 'set-up':
      case 'status':
        return {};
      case 'sign-up': {
        const { service, on, makeId, fields } = content;
        return { service, on, makeId, fields: fields.map(({ label, text }) => [label, text]) };
      }
      case 'municipal': {
        const { policy, municipality, amount, answers } = content;
        return { policy, municipality, amount, answers: answers.map(({ question, answer }) => [question, answer]) };
      }
      default:
        return unreachable(content);
    }
  };
  const datesOf = (who: Who) => {
    const certificate = new X509Certificate(personOf(pki, who).authCertDer);
    return new Date(certificate.validTo).getTime();
  };
  const keyOf = (who: Who) => certificateKey(new X509Certificate(pki.caAuthDer), personOf(pki, who).authSerial);

  return {
    laid(who) {
      stays += 1;
      stay = { who, number: stays, typed: '', entered: '' };
      whose?.cards.add(who);
      helped?.cards.add(who);
    },
    left() {
      stay = null;
    },
    pressed(button, seen) {
      if (seen === null || seen.warning !== null) return;
      // Somebody's own card is said on the screen before, too, and nothing else is.
      const asked = seen.screen.name === 'whose-card' ? button in WHOSE : ASKS_OWN.has(seen.screen.name) && button === 'self';
      if (asked) {
        whose = { value: WHOSE[button as keyof typeof WHOSE], cards: new Set(stay === null ? [] : [stay.who]) };
      }
      if (seen.screen.name === 'who-types' && (button === 'holder' || button === 'helper')) {
        helped = { value: button === 'helper', cards: new Set(stay === null ? [] : [stay.who]) };
      }
      if (button === 'next-person' && COULD_GO_ON.has(seen.screen.name)) family = true;
      if (seen.screen.name === 'read-back' && button === 'confirm') {
        const { content } = seen.screen;
        if (stay === null) breach('a read-back could be confirmed without a card');
        else confirmed.set(content.receipt, { who: stay.who, content, family });
        if (content.kind === 'sign-up') {
          lastAccount = content.fields[0]?.text ?? null;
          if (lastAccount !== null) runAccounts.add(lastAccount);
        }
      }
    },
    typed(digit) {
      if (stay === null) breach('a PIN digit could be typed without a card');
      else stay.typed += digit;
    },
    entered(sign) {
      if (stay === null) breach('an account could be entered without a card');
      else stay.entered += sign;
    },
    command(who, apdu) {
      commands += 1;
      const VERIFY = 0x20;
      // Without data it only asks for the tries left.
      if (apdu[1] !== VERIFY || apdu.length <= 5) return;
      const pin = Buffer.from(apdu.subarray(5, 9)).toString('latin1');
      if (stay?.who !== who) breach('a VERIFY reached a card that is not on the reader');
      else if (!stay.typed.includes(pin)) breach('a PIN that was not typed with this card reached it');
    },
    saw({ screen, session }) {
      screens.add(screen.name);
      if (session && stay === null) breach(`a session without a card, on ${screen.name}`);
      // A slip is read at any time, with any card on or none: its screens tell of the receipt and of nothing else.
      if ('receipt' in screen && ownerOf(screen.name) !== 'receipt-lookup') once('receipt', screen.receipt);
      switch (screen.name) {
        case 'read-back': {
          const { content } = screen;
          once('receipt', content.receipt);
          if (stay !== null) holders.set(content.receipt, stay.who);
          once('challenge', content.challenge);
          if (content.kind === 'sign-up')
            for (const { text } of content.fields) ownOnly(text, 'a read-back with what was entered in another stay');
          // Nobody is asked whose status it is: it is the card's.
          if (content.kind === 'status') return;
          answeredWith(whose, content.whose, 'whose');
          answeredWith(helped, content.helped, 'who types');
          return;
        }
        case 'entry':
          ownOnly(screen.text, 'an entry with what was entered in another stay');
          if (!screen.usedByFamily) return;
          familyWarnings += 1;
          if (!runAccounts.has(screen.text)) breach('an account of another family run is remembered');
          return;
        case 'about-sign-up':
          if (screen.family !== null && !family) breach('a family run goes on after its end');
          return;
        case 'attract':
        case 'goodbye':
          runAccounts.clear();
          family = false;
          return;
        case 'signed-up':
        case 'already-signed-up':
        case 'municipal-granted':
          shownEnd(screen.linked.account);
          return;
        case 'receipt-cancelled':
          if (screen.cancelled) cancelled.add(screen.receipt);
          return;
        case 'status-offline':
          waitsFor(screen.pending);
          return;
        case 'status':
          waitsFor(screen.pending);
          if (screen.status.linked !== null) shownEnd(screen.status.linked.account);
          return;
        case 'check-result':
        case 'expiring-notice':
        case 'renewed-question':
          if (stay !== null && Date.parse(screen.facts.notAfter) !== datesOf(stay.who)) breach('dates of another card');
          return;
        case 'pin':
          if (screen.digits > (stay?.typed.length ?? 0)) breach('digits of another person on the pad');
          return;
        case 'issued': {
          if (stay === null) {
            breach('a My Key ID without a card');
            return;
          }
          const ids = idsOf.get(stay.who) ?? new Set<string>();
          idsOf.set(stay.who, ids.add(screen.myKeyId));
          return;
        }
        default:
      }
    },
    judge(submissions, platformPeople, links, catalogue) {
      const ownerOf = (person: number | null): Who | 'nobody' => {
        const known = platformPeople.find((one) => one.person === person)?.certificates ?? [];
        return (['fresh', 'fresh-2'] as const).find((who) => known.includes(keyOf(who))) ?? 'nobody';
      };
      for (const { outcome, person, content, receipt } of submissions) {
        if (!shownIn.has(`receipt:${receipt}`)) continue;
        const seen = confirmed.get(receipt);
        if (seen === undefined) {
          breach('a submission whose read-back nobody confirmed');
          continue;
        }
        if (cancelled.has(receipt)) breach('taken back, and sent all the same');
        if (outcome !== 'accepted' || content === null) continue;
        accepted += 1;
        if (ownerOf(person) !== seen.who) breach(`the card of ${ownerOf(person)} with the read-back of ${seen.who}`);
        if (content.kind === 'card-application') {
          breach('an application that nobody here made');
          continue;
        }
        const { whose: declared, challenge, at, terminal, helped, terms } = seen.content;
        const same =
          content.whose === declared &&
          content.challenge === challenge &&
          content.at === at &&
          content.terminal === terminal &&
          content.helped === helped &&
          JSON.stringify(content.terms) === JSON.stringify(terms.map(({ ref }) => ref));
        if (!same) breach('accepted content is not what was read back');
        if (content.kind !== seen.content.kind) breach('another kind of act than was read back');
        if (!isDeepStrictEqual(ownOf(content, catalogue), shownOf(seen.content)))
          breach(`another ${content.kind} than was read back`);
        if (content.kind === 'municipal') municipal += 1;
        if (content.kind === 'sign-up') {
          signUps += 1;
          if (seen.family) familySignUps += 1;
        }
      }
      for (const [who, ends] of endsOf) {
        const own = links.filter(({ person }) => ownerOf(person) === who).map(({ masked }) => masked);
        for (const end of ends) if (!own.includes(end)) breach(`an account of somebody else shown to ${who}`);
      }
      for (const [who, ids] of idsOf) {
        for (const id of ids) {
          const owner = platformPeople.find((one) => one.myKeyId === id);
          if (ownerOf(owner?.person ?? null) !== who) breach(`a My Key ID of somebody else shown to ${who}`);
        }
      }
    },
    breaches,
    breach,
    get commands() {
      return commands;
    },
    get accepted() {
      return accepted;
    },
    get signUps() {
      return signUps;
    },
    get municipal() {
      return municipal;
    },
    get familySignUps() {
      return familySignUps;
    },
    get familyWarnings() {
      return familyWarnings;
    },
    get lastAccount() {
      return lastAccount;
    },
    get takenBack() {
      return cancelled.size;
    },
    get slips() {
      return [...holders.keys()];
    },
    screens,
  };
}
