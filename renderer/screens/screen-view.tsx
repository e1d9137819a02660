import { unreachable } from '../../main/contract/result.ts';
import type { Screen } from '../../main/contract/screens.ts';
import { AboutApplication } from './about-application.tsx';
import { AboutSetUp } from './about-set-up.tsx';
import { AboutSignUp } from './about-sign-up.tsx';
import { Accepted } from './accepted.tsx';
import { AlreadySignedUp } from './already-signed-up.tsx';
import { ApplicationAccepted } from './application-accepted.tsx';
import { ApplicationReadBack } from './application-read-back.tsx';
import { ApplicationStatus } from './application-status.tsx';
import { Attract } from './attract.tsx';
import { Braille } from './braille.tsx';
import { CannotAccept } from './cannot-accept.tsx';
import { CardProblem } from './card-problem.tsx';
import { Certificates } from './certificates.tsx';
import { CheckResult } from './check-result.tsx';
import { Closed } from './closed.tsx';
import { ContactEntry } from './contact-entry.tsx';
import { ContactKind } from './contact-kind.tsx';
import { ContactNone } from './contact-none.tsx';
import { Delivering } from './delivering.tsx';
import { Entry } from './entry.tsx';
import { ExpiringNotice } from './expiring-notice.tsx';
import { Finder } from './finder.tsx';
import { FormCheck } from './form-check.tsx';
import { FormMoved } from './form-moved.tsx';
import { FormMovedAdvice } from './form-moved-advice.tsx';
import { FormRead } from './form-read.tsx';
import { Goodbye } from './goodbye.tsx';
import { HandOver } from './hand-over.tsx';
import { HasId } from './has-id.tsx';
import { InsertCard } from './insert-card.tsx';
import { Issued } from './issued.tsx';
import { Menu } from './menu.tsx';
import { MunicipalGranted } from './municipal-granted.tsx';
import { NoCatalogue } from './no-catalogue.tsx';
import { NoForm } from './no-form.tsx';
import { NotSetUp } from './not-set-up.tsx';
import { OtherForm } from './other-form.tsx';
import { OutOfOrder } from './out-of-order.tsx';
import { Parked } from './parked.tsx';
import { PendingCancelled } from './pending-cancelled.tsx';
import { PendingFind } from './pending-find.tsx';
import { PendingRow } from './pending-row.tsx';
import { PendingSure } from './pending-sure.tsx';
import { Photo } from './photo.tsx';
import { PhotoAdvice } from './photo-advice.tsx';
import { PhotoPrepare } from './photo-prepare.tsx';
import { PhotoReview } from './photo-review.tsx';
import { Pin } from './pin.tsx';
import { PinLastTry } from './pin-last-try.tsx';
import { Policies } from './policies.tsx';
import { Policy } from './policy.tsx';
import { PolicyNotForYou } from './policy-not-for-you.tsx';
import { PolicyQuestion } from './policy-question.tsx';
import { PreRegistration } from './pre-registration.tsx';
import { ReadBack } from './read-back.tsx';
import { ReadingCard } from './reading-card.tsx';
import { Received } from './received.tsx';
import { Refused } from './refused.tsx';
import { RenewedQuestion } from './renewed-question.tsx';
import { RenewedWait } from './renewed-wait.tsx';
import { SavedForLater } from './saved-for-later.tsx';
import { Service } from './service.tsx';
import { SignedUp } from './signed-up.tsx';
import { Signing } from './signing.tsx';
import { Status } from './status.tsx';
import { StatusOffline } from './status-offline.tsx';
import { TakeCard } from './take-card.tsx';
import { Terms } from './terms.tsx';
import { TermsChanged } from './terms-changed.tsx';
import { WhoTypes } from './who-types.tsx';
import { WhoseCard } from './whose-card.tsx';
import { WhoseStop } from './whose-stop.tsx';

/** The one drawing that belongs to a screen of the contract. */
export function ScreenView({ screen }: { readonly screen: Screen }) {
  switch (screen.name) {
    case 'attract':
      return <Attract screen={screen} />;
    case 'closed':
      return <Closed screen={screen} />;
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
      return <RenewedWait screen={screen} />;
    case 'read-back':
      return <ReadBack screen={screen} />;
    case 'pin-last-try':
      return <PinLastTry />;
    case 'pin':
      return <Pin screen={screen} />;
    case 'signing':
      return <Signing screen={screen} />;
    case 'delivering':
      return <Delivering screen={screen} />;
    case 'issued':
      return <Issued screen={screen} />;
    case 'received':
      return <Received screen={screen} />;
    case 'accepted':
      return <Accepted screen={screen} />;
    case 'parked':
      return <Parked screen={screen} />;
    case 'refused':
      return <Refused screen={screen} />;
    case 'cannot-accept':
      return <CannotAccept screen={screen} />;
    case 'about-sign-up':
      return <AboutSignUp screen={screen} />;
    case 'already-signed-up':
      return <AlreadySignedUp screen={screen} />;
    case 'entry':
      return <Entry screen={screen} />;
    case 'finder':
      return <Finder screen={screen} />;
    case 'hand-over':
      return <HandOver />;
    case 'pre-registration':
      return <PreRegistration screen={screen} />;
    case 'has-id':
      return <HasId />;
    case 'municipal-granted':
      return <MunicipalGranted screen={screen} />;
    case 'no-catalogue':
      return <NoCatalogue />;
    case 'not-set-up':
      return <NotSetUp screen={screen} />;
    case 'pending-cancelled':
      return <PendingCancelled screen={screen} />;
    case 'pending-find':
      return <PendingFind screen={screen} />;
    case 'pending-row':
      return <PendingRow screen={screen} />;
    case 'pending-sure':
      return <PendingSure screen={screen} />;
    case 'policies':
      return <Policies screen={screen} />;
    case 'policy':
      return <Policy screen={screen} />;
    case 'policy-not-for-you':
      return <PolicyNotForYou screen={screen} />;
    case 'policy-question':
      return <PolicyQuestion screen={screen} />;
    case 'saved-for-later':
      return <SavedForLater screen={screen} />;
    case 'service':
      return <Service screen={screen} />;
    case 'signed-up':
      return <SignedUp screen={screen} />;
    case 'status':
      return <Status screen={screen} />;
    case 'status-offline':
      return <StatusOffline screen={screen} />;
    case 'terms-changed':
      return <TermsChanged screen={screen} />;
    case 'who-types':
      return <WhoTypes />;
    case 'about-application':
      return <AboutApplication />;
    case 'no-form':
      return <NoForm screen={screen} />;
    case 'form-read':
    case 'form-again':
      return <FormRead screen={screen} />;
    case 'form-check':
      return <FormCheck screen={screen} />;
    case 'form-moved':
      return <FormMoved />;
    case 'form-moved-advice':
      return <FormMovedAdvice screen={screen} />;
    case 'contact-kind':
      return <ContactKind />;
    case 'contact-entry':
      return <ContactEntry screen={screen} />;
    case 'contact-none':
      return <ContactNone />;
    case 'certificates':
      return <Certificates screen={screen} />;
    case 'braille':
      return <Braille />;
    case 'photo-prepare':
      return <PhotoPrepare screen={screen} />;
    case 'photo':
      return <Photo screen={screen} />;
    case 'photo-advice':
      return <PhotoAdvice screen={screen} />;
    case 'photo-review':
      return <PhotoReview screen={screen} />;
    case 'application-read-back':
      return <ApplicationReadBack screen={screen} />;
    case 'other-form':
      return <OtherForm />;
    case 'application-accepted':
      return <ApplicationAccepted screen={screen} />;
    case 'application-status':
      return <ApplicationStatus screen={screen} />;
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
