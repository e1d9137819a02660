import { unreachable } from '../../main/contract/result.ts';
import type { Screen } from '../../main/contract/screens.ts';
import { AboutSetUp } from './about-set-up.tsx';
import { Accepted } from './accepted.tsx';
import { Attract } from './attract.tsx';
import { CannotAccept } from './cannot-accept.tsx';
import { CardProblem } from './card-problem.tsx';
import { CheckResult } from './check-result.tsx';
import { Delivering } from './delivering.tsx';
import { ExpiringNotice } from './expiring-notice.tsx';
import { Goodbye } from './goodbye.tsx';
import { InsertCard } from './insert-card.tsx';
import { Issued } from './issued.tsx';
import { Menu } from './menu.tsx';
import { OutOfOrder } from './out-of-order.tsx';
import { Pin } from './pin.tsx';
import { PinLastTry } from './pin-last-try.tsx';
import { ReadBack } from './read-back.tsx';
import { ReadingCard } from './reading-card.tsx';
import { Received } from './received.tsx';
import { Refused } from './refused.tsx';
import { RenewedQuestion } from './renewed-question.tsx';
import { RenewedWait } from './renewed-wait.tsx';
import { Signing } from './signing.tsx';
import { TakeCard } from './take-card.tsx';
import { Terms } from './terms.tsx';
import { WhoseCard } from './whose-card.tsx';
import { WhoseStop } from './whose-stop.tsx';

/** The one drawing that belongs to a screen of the contract. */
export function ScreenView({ screen }: { readonly screen: Screen }) {
  switch (screen.name) {
    case 'attract':
      return <Attract />;
    case 'menu':
      return <Menu screen={screen} />;
    case 'about-set-up':
      return <AboutSetUp />;
    case 'whose-card':
      return <WhoseCard />;
    case 'whose-stop':
      return <WhoseStop />;
    case 'terms':
      return <Terms screen={screen} />;
    case 'insert-card':
      return <InsertCard screen={screen} />;
    case 'reading-card':
      return <ReadingCard screen={screen} />;
    case 'check-result':
      return <CheckResult screen={screen} />;
    case 'card-problem':
      return <CardProblem screen={screen} />;
    case 'expiring-notice':
      return <ExpiringNotice screen={screen} />;
    case 'renewed-question':
      return <RenewedQuestion screen={screen} />;
    case 'renewed-wait':
      return <RenewedWait />;
    case 'read-back':
      return <ReadBack screen={screen} />;
    case 'pin-last-try':
      return <PinLastTry />;
    case 'pin':
      return <Pin screen={screen} />;
    case 'signing':
      return <Signing />;
    case 'delivering':
      return <Delivering screen={screen} />;
    case 'issued':
      return <Issued screen={screen} />;
    case 'received':
      return <Received screen={screen} />;
    case 'accepted':
      return <Accepted screen={screen} />;
    case 'refused':
      return <Refused screen={screen} />;
    case 'cannot-accept':
      return <CannotAccept screen={screen} />;
    case 'take-card':
      return <TakeCard screen={screen} />;
    case 'goodbye':
      return <Goodbye screen={screen} />;
    case 'out-of-order':
      return <OutOfOrder screen={screen} />;
    default:
      return unreachable(screen);
  }
}
