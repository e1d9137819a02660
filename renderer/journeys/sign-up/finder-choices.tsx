import { Category } from '../../../main/contract/catalogue.ts';
import { type Filter, KanaRow, NO_FILTER } from '../../../main/contract/service-filter.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Chip, Chips } from '../../components/chips.tsx';
import { usePageContext } from '../../context/context.tsx';
import './finder.css';

const ROW_NAMES = {
  ア: 'row.a',
  カ: 'row.ka',
  サ: 'row.sa',
  タ: 'row.ta',
  ナ: 'row.na',
  ハ: 'row.ha',
  マ: 'row.ma',
  ヤ: 'row.ya',
  ラ: 'row.ra',
  ワ: 'row.wa',
} as const satisfies Record<KanaRow, string>;

function isChosen(filter: Filter): boolean {
  return (Object.keys(NO_FILTER) as (keyof Filter)[]).some((key) => filter[key] !== NO_FILTER[key]);
}

/**
 * Everything that narrows the list. A choice that is on is taken back by the same touch.
 * @param empty the list is empty, and offers to clear the choices itself
 */
export function FinderChoices({ filter, empty }: { readonly filter: Filter; readonly empty: boolean }) {
  const { t, plain } = usePageContext();
  return (
    <div className="choices">
      <Chips look="kinds" name={plain('finder.categories')}>
        <Chip name="category-all" filter={{ category: null }} on={filter.category === null} icon="points">
          {t('categories.all')}
        </Chip>
        {Category.options.map((category) => (
          <Chip
            key={category}
            name={`category-${category}`}
            filter={{ category: filter.category === category ? null : category }}
            on={filter.category === category}
            icon={category}
          >
            {t(`categories.${category}`)}
          </Chip>
        ))}
      </Chips>
      <Chips look="rows" name={plain('finder.rows')}>
        {KanaRow.options.map((row) => (
          <Chip
            key={row}
            name={`row-${row}`}
            filter={{ row: filter.row === row ? null : row }}
            on={filter.row === row}
            says={plain('finder.row', { row: plain(ROW_NAMES[row]) })}
          >
            {t(ROW_NAMES[row])}
          </Chip>
        ))}
      </Chips>
      <Chips look="more" name={plain('finder.more')}>
        <Chip name="charge" filter={{ on: filter.on === 'charge' ? null : 'charge' }} on={filter.on === 'charge'} icon="charge">
          {t('finder.onCharge')}
        </Chip>
        <Chip
          name="purchase"
          filter={{ on: filter.on === 'purchase' ? null : 'purchase' }}
          on={filter.on === 'purchase'}
          icon="purchase"
        >
          {t('finder.onPurchase')}
        </Chip>
        <Chip name="minors" filter={{ minors: !filter.minors }} on={filter.minors} icon="child">
          {t('finder.minors')}
        </Chip>
        <Chip name="no-phone" filter={{ noPhone: !filter.noPhone }} on={filter.noPhone} icon="no-phone">
          {t('finder.noPhone')}
        </Chip>
      </Chips>
      <div className="by-name">
        <PressButton button="type" icon="search">
          {filter.keyword === '' ? t('finder.keyword') : t('finder.keywordNow', { keyword: filter.keyword })}
        </PressButton>
        {isChosen(filter) && !empty ? (
          <PressButton button="clear" icon="back">
            {t('finder.clear')}
          </PressButton>
        ) : null}
      </div>
    </div>
  );
}
