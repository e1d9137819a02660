import { Purpose } from '../../../main/contract/catalogue.ts';
import type { ScreenOf } from '../../../main/contract/screens.ts';
import { Chips, ChooseChip } from '../../components/chips.tsx';
import type { IconName } from '../../components/icons.tsx';
import { ChooseLine, EmptyList, Lines, ListTurner } from '../../components/lists.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import './policies.css';

const PURPOSE_ICONS: Record<Purpose, IconName> = {
  childbirth: 'child',
  migration: 'migration',
  taxi: 'taxi',
  elderly: 'elderly',
  health: 'health',
};

/** Municipalities' points, by what they are for. */
export function Policies({ screen }: { readonly screen: ScreenOf<'policies'> }) {
  const { t, plain } = usePageContext();
  const { policies, purpose, page, pages } = screen;
  return (
    <Page
      name="policies"
      progress="choose"
      layout="list"
      title={t('policies.title')}
      back
      out="finish"
      aside={
        <Chips look="kinds" name={plain('policies.purposes')}>
          <ChooseChip id="all" on={purpose === null} icon="points">
            {t('purposes.all')}
          </ChooseChip>
          {Purpose.options.map((each) => (
            <ChooseChip key={each} id={each} on={purpose === each} icon={PURPOSE_ICONS[each]}>
              {t(`purposes.${each}`)}
            </ChooseChip>
          ))}
        </Chips>
      }
      actions={
        <>
          <Lines
            name={plain('policies.list')}
            count={policies.length}
            empty={<EmptyList title={t('policies.empty')} text={t('policies.emptyText')} />}
          >
            {policies.map(({ id, title, municipality, purpose: aim, amount, open }, index) => (
              <ChooseLine
                key={id}
                id={id}
                number={index + 1}
                icon={PURPOSE_ICONS[aim]}
                title={title}
                text={
                  <>
                    {municipality} {t('policies.points', { points: amount })}
                  </>
                }
                flags={open ? [] : [t('policies.closed')]}
              />
            ))}
          </Lines>
          <ListTurner page={page} pages={pages} />
        </>
      }
    />
  );
}
