import type { ScreenOf } from '../../../main/contract/screens.ts';
import { versionText } from '../../../main/contract/words/dates.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';

/** One municipality's points. Whether they are for this person is asked next, and never read from the card. */
export function Policy({ screen }: { readonly screen: ScreenOf<'policy'> }) {
  const { t, rich, language } = usePageContext();
  const { title, municipality, purpose, amount, area, from, lastDay, open } = screen;
  return (
    <Page
      name="policy"
      progress="choose"
      title={title}
      back={open}
      out="finish"
      actions={
        open ? (
          <PressButton button="next" icon="next" look="primary">
            {t('next')}
          </PressButton>
        ) : (
          <PressButton button="back" icon="back" look="primary">
            {t('policy.other')}
          </PressButton>
        )
      }
    >
      <Notice kind={open ? 'info' : 'stop'}>{t(open ? 'policy.ask' : 'policy.closed')}</Notice>
      <Facts>
        <Fact name={t('policy.municipality')}>{municipality}</Fact>
        <Fact name={t('policy.amount')}>{t('policies.points', { points: amount })}</Fact>
        <Fact name={t('policy.purpose')}>{t(`purposes.${purpose}`)}</Fact>
        <Fact name={t('policy.area')}>{t(`policy.areas.${area}`)}</Fact>
        <Fact name={t('policy.from')}>{rich(versionText(language, from))}</Fact>
        <Fact name={t('policy.lastDay')}>{rich(versionText(language, lastDay))}</Fact>
      </Facts>
    </Page>
  );
}
