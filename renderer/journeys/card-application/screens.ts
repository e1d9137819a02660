import type { JourneyPage } from '../screens.ts';
import { AboutApplication } from './about-application.tsx';
import { ApplicationAccepted } from './application-accepted.tsx';
import { ApplicationReadBack } from './application-read-back.tsx';
import { Braille } from './braille.tsx';
import { Certificates } from './certificates.tsx';
import { ContactEntry } from './contact-entry.tsx';
import { ContactKind } from './contact-kind.tsx';
import { ContactNone } from './contact-none.tsx';
import { FormCheck } from './form-check.tsx';
import { FormMoved } from './form-moved.tsx';
import { FormMovedAdvice } from './form-moved-advice.tsx';
import { FormRead } from './form-read.tsx';
import { NoForm } from './no-form.tsx';
import { OtherForm } from './other-form.tsx';
import { Photo } from './photo.tsx';
import { PhotoAdvice } from './photo-advice.tsx';
import { PhotoPrepare } from './photo-prepare.tsx';
import { PhotoReview } from './photo-review.tsx';

export const cardApplication = {
  icon: 'apply',
  title: 'menu.application',
  text: 'menu.applicationText',
  short: 'attract.application',
  screens: {
    'about-application': AboutApplication,
    'no-form': NoForm,
    'form-read': FormRead,
    'form-again': FormRead,
    'form-check': FormCheck,
    'form-moved': FormMoved,
    'form-moved-advice': FormMovedAdvice,
    'contact-kind': ContactKind,
    'contact-entry': ContactEntry,
    'contact-none': ContactNone,
    certificates: Certificates,
    braille: Braille,
    'photo-prepare': PhotoPrepare,
    photo: Photo,
    'photo-advice': PhotoAdvice,
    'photo-review': PhotoReview,
    'application-read-back': ApplicationReadBack,
    'other-form': OtherForm,
    'application-accepted': ApplicationAccepted,
  },
} as const satisfies JourneyPage;
