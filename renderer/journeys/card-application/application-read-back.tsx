import type { Contact } from '../../../main/contract/application.ts';
import { formatReceipt } from '../../../main/contract/receipt.ts';
import { unreachable } from '../../../main/contract/result.ts';
import type { ScreenOf } from '../../../main/contract/screens.ts';
import { dayAndTimeText } from '../../../main/contract/words/dates.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { FormNumber } from '../../components/form-number.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { emailParts, phoneGroups } from '../../context/groups.ts';
import { ShotPicture } from '../../photo/shot-picture.tsx';
import './application-read-back.css';

/** Everything that will be sent, the photo too. Nothing goes before the same form has been read again. */
export function ApplicationReadBack({ screen }: { readonly screen: ScreenOf<'application-read-back'> }) {
  const { t, rich, language } = usePageContext();
  const { form, moved, contact, certificates, braille, way, shot, receipt, terminal, at } = screen;
  const wanted = (on: boolean) => t(on ? 'certificates.on' : 'certificates.off');
  return (
    <Page
      name="application-read-back"
      progress="reread"
      layout="record"
      readFirst
      title={t('readBack.title')}
      back
      out="stop"
      aside={
        <>
          <ShotPicture shot={shot} />
          <p>{t('applicationReadBack.text')}</p>
        </>
      }
      actions={
        <PressButton button="confirm" icon="check" look="primary">
          {t('readBack.confirm')}
        </PressButton>
      }
    >
      <Facts main>
        <Fact name={t('applicationReadBack.form')}>
          <FormNumber form={form} />
        </Fact>
        <Fact name={t('applicationReadBack.contact')}>
          <ContactText contact={contact} />
        </Fact>
      </Facts>
      <Facts>
        <Fact name={t('applicationReadBack.authentication')}>{wanted(certificates.authentication)}</Fact>
        <Fact name={t('applicationReadBack.signature')}>{wanted(certificates.signature)}</Fact>
        <Fact name={t('applicationReadBack.braille')}>{wanted(braille)}</Fact>
        <Fact name={t('applicationReadBack.moved')}>
          {t(moved ? 'applicationReadBack.movedYes' : 'applicationReadBack.movedNo')}
        </Fact>
        <Fact name={t('applicationReadBack.photo')}>{t(`applicationReadBack.ways.${way}`)}</Fact>
        <Fact name={t('readBack.at')}>{rich(dayAndTimeText(language, at))}</Fact>
        <Fact name={t('labels.receipt')} code>
          {formatReceipt(receipt)}
        </Fact>
        <Fact name={t('readBack.terminal')} code>
          {terminal}
        </Fact>
      </Facts>
    </Page>
  );
}

function ContactText({ contact }: { readonly contact: Contact }) {
  const { t } = usePageContext();
  switch (contact.kind) {
    case 'none':
      return t('applicationReadBack.contactNone');
    case 'email':
      return (
        <span className="address">
          {emailParts(contact.text).map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
            <span key={index}>{part}</span>
          ))}
        </span>
      );
    case 'phone':
      return <span className="account">{phoneGroups(contact.text).join('-')}</span>;
    default:
      return unreachable(contact);
  }
}
