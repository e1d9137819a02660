import { unreachable } from '../../main/contract/result.ts';
import type { Screen } from '../../main/contract/screens.ts';
import { Accepted } from '../submission/accepted.tsx';
import { CannotAccept } from '../submission/cannot-accept.tsx';
import { CardProblem } from '../submission/card-problem.tsx';
import { Delivering } from '../submission/delivering.tsx';
import { ExpiringNotice } from '../submission/expiring-notice.tsx';
import { HandOver } from '../submission/hand-over.tsx';
import { InsertCard } from '../submission/insert-card.tsx';
import { Parked } from '../submission/parked.tsx';
import { Pin } from '../submission/pin.tsx';
import { PinLastTry } from '../submission/pin-last-try.tsx';
import { ReadBack } from '../submission/read-back.tsx';
import { ReadingCard } from '../submission/reading-card.tsx';
import { Received } from '../submission/received.tsx';
import { Refused } from '../submission/refused.tsx';
import { RenewedQuestion } from '../submission/renewed-question.tsx';
import { RenewedWait } from '../submission/renewed-wait.tsx';
import { Signing } from '../submission/signing.tsx';
import { Attract } from '../visit/attract.tsx';
import { Closed } from '../visit/closed.tsx';
import { Goodbye } from '../visit/goodbye.tsx';
import { Menu } from '../visit/menu.tsx';
import { OutOfOrder } from '../visit/out-of-order.tsx';
import { TakeCard } from '../visit/take-card.tsx';
import { AboutApplication } from './card-application/about-application.tsx';
import { ApplicationAccepted } from './card-application/application-accepted.tsx';
import { ApplicationReadBack } from './card-application/application-read-back.tsx';
import { Braille } from './card-application/braille.tsx';
import { Certificates } from './card-application/certificates.tsx';
import { ContactEntry } from './card-application/contact-entry.tsx';
import { ContactKind } from './card-application/contact-kind.tsx';
import { ContactNone } from './card-application/contact-none.tsx';
import { FormCheck } from './card-application/form-check.tsx';
import { FormMoved } from './card-application/form-moved.tsx';
import { FormMovedAdvice } from './card-application/form-moved-advice.tsx';
import { FormRead } from './card-application/form-read.tsx';
import { NoForm } from './card-application/no-form.tsx';
import { OtherForm } from './card-application/other-form.tsx';
import { Photo } from './card-application/photo.tsx';
import { PhotoAdvice } from './card-application/photo-advice.tsx';
import { PhotoPrepare } from './card-application/photo-prepare.tsx';
import { PhotoReview } from './card-application/photo-review.tsx';
import { CheckResult } from './check/check-result.tsx';
import { MunicipalGranted } from './municipal/municipal-granted.tsx';
import { Policies } from './municipal/policies.tsx';
import { Policy } from './municipal/policy.tsx';
import { PolicyNotForYou } from './municipal/policy-not-for-you.tsx';
import { PolicyQuestion } from './municipal/policy-question.tsx';
import { NoCatalogue } from './prologue/no-catalogue.tsx';
import { Terms } from './prologue/terms.tsx';
import { WhoTypes } from './prologue/who-types.tsx';
import { WhoseCard } from './prologue/whose-card.tsx';
import { WhoseStop } from './prologue/whose-stop.tsx';
import { ApplicationStatus } from './receipt-lookup/application-status.tsx';
import { PendingCancelled } from './receipt-lookup/pending-cancelled.tsx';
import { PendingFind } from './receipt-lookup/pending-find.tsx';
import { PendingRow } from './receipt-lookup/pending-row.tsx';
import { PendingSure } from './receipt-lookup/pending-sure.tsx';
import { AboutSetUp } from './set-up/about-set-up.tsx';
import { Issued } from './set-up/issued.tsx';
import { AboutSignUp } from './sign-up/about-sign-up.tsx';
import { AlreadySignedUp } from './sign-up/already-signed-up.tsx';
import { Entry } from './sign-up/entry.tsx';
import { Finder } from './sign-up/finder.tsx';
import { HasId } from './sign-up/has-id.tsx';
import { NotSetUp } from './sign-up/not-set-up.tsx';
import { PreRegistration } from './sign-up/pre-registration.tsx';
import { SavedForLater } from './sign-up/saved-for-later.tsx';
import { Service } from './sign-up/service.tsx';
import { SignedUp } from './sign-up/signed-up.tsx';
import { TermsChanged } from './sign-up/terms-changed.tsx';
import { Status } from './status/status.tsx';
import { StatusOffline } from './status/status-offline.tsx';

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
