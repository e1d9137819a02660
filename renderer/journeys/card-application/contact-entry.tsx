import type { ScreenOf } from '../../../main/contract/screens.ts';
import { EmailPad } from '../../components/email-pad.tsx';
import { Icon } from '../../components/icons.tsx';
import { DigitPad } from '../../components/keyboard.tsx';
import { Page } from '../../components/page.tsx';
import { TypedBox } from '../../components/typed-box.tsx';
import { usePageContext } from '../../context/context.tsx';
import { emailParts, phoneGroups } from '../../context/groups.ts';
import './contact-entry.css';

type Entry = ScreenOf<'contact-entry'>;

/** An address or a telephone number, and at once what is missing. */
export function ContactEntry({ screen: { kind, text, problem } }: { readonly screen: Entry }) {
  const { t, plain } = usePageContext();
  const email = kind === 'email';
  return (
    <Page
      name="contact-entry"
      progress="contact"
      layout={email ? 'letters' : 'digits'}
      title={t(email ? 'contact.emailTitle' : 'contact.phoneTitle')}
      back
      out="stop"
      aside={
        <>
          <TypedBox
            groups={email ? emailParts(text) : phoneGroups(text)}
            joined={email}
            empty={email ? plain('contact.emailEmpty') : plain('entry.empty')}
          />
          <ContactSays text={text} problem={problem} />
        </>
      }
      actions={email ? <EmailPad empty={text === ''} /> : <DigitPad empty={text === ''} />}
    >
      <p>{t(email ? 'contact.emailNote' : 'contact.phoneNote')}</p>
    </Page>
  );
}

function ContactSays({ text, problem }: Pick<Entry, 'text' | 'problem'>) {
  const { t } = usePageContext();
  return (
    <div className={problem === null ? 'entry-message' : 'entry-message wrong'} data-problem={problem ?? undefined}>
      <p role={problem === null ? 'status' : 'alert'}>
        <Icon name={problem === null ? 'info' : 'caution'} />
        <span>{problem === null ? t(text === '' ? 'entry.empty' : 'contact.going') : t(`contact.problem.${problem}`)}</span>
      </p>
    </div>
  );
}
