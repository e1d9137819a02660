import type { ScreenOf } from '../../main/contract/screens.ts';
import { NextPerson, PressButton } from '../components/buttons.tsx';
import { Icon } from '../components/icons.tsx';
import { Receipt } from '../components/numbers.tsx';
import { Page } from '../components/page.tsx';
import { SlipLine } from '../components/slip-line.tsx';
import { usePageContext } from '../context/context.tsx';
import { BigMark } from '../pictures/big-mark.tsx';

/** The platform's final no: why, and what to do now. */
export function Refused({ screen: { receipt, code, nextPerson, slip } }: { readonly screen: ScreenOf<'refused'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="refused"
      progress="result"
      mark={<BigMark name="stop" kind="stop" />}
      title={t(`refused.${code}.title`)}
      onward={nextPerson ? <NextPerson quiet /> : null}
      actions={
        <>
          <SlipLine slip={slip} receipt={receipt} />
          <PressButton button="done" icon="close" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      <p>{t(`refused.${code}.text`)}</p>
      <p className="next-step">
        <Icon name="next" />
        <span>{t(`refused.${code}.next`)}</span>
      </p>
      <Receipt receipt={receipt} />
    </Page>
  );
}
