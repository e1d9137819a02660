import type { GrantOn } from '../../../main/contract/catalogue.ts';
import { traitsOf } from '../../../main/contract/languages.ts';
import type { Hit, ScreenOf } from '../../../main/contract/screens.ts';
import { AgeLine } from '../../components/age-line.tsx';
import { KanaPad, QwertyPad } from '../../components/keyboard.tsx';
import { ChooseLine, EmptyList, Lines, ListTurner } from '../../components/lists.tsx';
import { Page } from '../../components/page.tsx';
import { TypedBox } from '../../components/typed-box.tsx';
import { usePageContext } from '../../context/context.tsx';
import { FinderChoices } from './finder-choices.tsx';
import './finder.css';

function onKey(on: readonly GrantOn[]) {
  if (on.length > 1) return 'finder.both' as const;
  return on[0] === 'purchase' ? ('finder.purchase' as const) : ('finder.charge' as const);
}

function Hits({ hits }: { readonly hits: readonly Hit[] }) {
  const { t, plain } = usePageContext();
  return (
    <Lines
      name={plain('finder.list')}
      count={hits.length}
      empty={<EmptyList title={t('finder.empty')} text={t('finder.emptyText')} clear />}
    >
      {hits.map(({ id, name, category, on, hindrances, registerFirst }, index) => (
        <ChooseLine
          key={id}
          id={id}
          number={index + 1}
          icon={category}
          title={name}
          text={t(onKey(on))}
          flags={[
            ...(registerFirst ? [t('finder.registerFirst')] : []),
            ...hindrances.map((hindrance) => t(`hindrance.${hindrance}`)),
          ]}
        />
      ))}
    </Lines>
  );
}

/** All choices and what they lead to, on one screen. The keyboard comes over the choices. */
export function Finder({ screen }: { readonly screen: ScreenOf<'finder'> }) {
  const { t, plain, language } = usePageContext();
  const { filter, typing, hits, page, pages, total, age } = screen;
  const Pad = traitsOf(language).keyboard === 'kana' ? KanaPad : QwertyPad;
  if (typing)
    return (
      <Page
        name="finder"
        layout="search"
        title={t('finder.titleTyping')}
        out="finish"
        aside={
          <div className="keyword">
            <TypedBox groups={filter.keyword === '' ? [] : [filter.keyword]} empty={plain('finder.cutName')} />
            <p className="total" role="status">
              {t('finder.total', { total })}
            </p>
          </div>
        }
        actions={
          <>
            {hits.length === 0 ? (
              <div className="lines few">
                <EmptyList title={t('finder.empty')} text={t('finder.cutName')} />
              </div>
            ) : (
              <Hits hits={hits} />
            )}
            <Pad empty={filter.keyword === ''} />
          </>
        }
      />
    );
  return (
    <Page
      name="finder"
      layout="list"
      progress="choose"
      title={t('finder.title')}
      back
      out="finish"
      aside={<FinderChoices filter={filter} empty={hits.length === 0} />}
      actions={
        <>
          <Hits hits={hits} />
          <ListTurner page={page} pages={pages} total={t('finder.total', { total })} />
        </>
      }
    >
      <AgeLine age={age} />
    </Page>
  );
}
