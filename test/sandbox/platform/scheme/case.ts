import { japanDay } from '../../../../main/core/time.ts';
import type { CataloguePublisher } from '../catalogue-publisher.ts';
import { linkedOf } from '../decide.ts';
import type { Store } from '../store.ts';
import { countedOf, grantsOf } from './ledger.ts';

/** One of the eight steps of the ministry's figure (SOURCES.md, Sign-up: the programme), and what has come of it. `null`: not yet. */
export interface CaseStep {
  readonly title: string;
  readonly done: string | null;
}

export type Right = ReturnType<Store['rights']>[number];

const yen = new Intl.NumberFormat('ja-JP');
const sumOf = (grants: readonly { readonly points: number }[]) =>
  grants.length === 0 ? null : `${yen.format(grants.reduce((sum, { points }) => sum + points, 0))}ポイント分`;

/** The eight steps of one person's case under one measure, as far as they have come: from the rows of this person alone. */
export function caseSteps({ person, measure: id, since }: Right, store: Store, catalogues: CataloguePublisher): CaseStep[] {
  const measure = catalogues.measure(id);
  const link = store.linkOf(person, id);
  const linked = link === null ? null : linkedOf(link, catalogues);
  const counted = link === null ? 0 : countedOf(store, link, measure);
  const granted = link === null ? 0 : grantsOf(store, link);
  const claimed = store.grantsOf(person, id).filter((grant) => grant.claimed !== null);
  return [
    { title: '① マイキーIDに権利がつく', done: japanDay(since) },
    { title: '② サービスをひとつ選ぶ', done: linked?.service.ja ?? null },
    { title: '③ 番号とマイキーIDを結ぶ', done: linked === null ? null : linked.account.slice(-8) },
    { title: '④ 前払い・買い物の知らせ', done: counted === 0 ? null : `${yen.format(counted)}円` },
    { title: '⑤ プレミアムの計算', done: counted === 0 ? null : `${measure.percent}% 上限${yen.format(measure.cap)}` },
    { title: '⑥ ポイントがつく', done: granted === 0 ? null : `${yen.format(granted)}ポイント` },
    { title: '⑦ 会社から毎月の請求', done: sumOf(claimed) },
    { title: '⑧ 補助金の支払い', done: sumOf(claimed.filter(({ paid_at }) => paid_at !== null)) },
  ];
}

/** For text in HTML and SVG. */
export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const WIDTH = 1000;
const BOX = { width: 220, height: 120, gap: 30 };

/** A picture of the steps: two rows of four, arrows between, what has happened in colour and in words. No script, nothing from outside. */
export function casePicture(title: string, steps: readonly CaseStep[]): string {
  const boxes = steps.map(({ title, done }, at) => {
    const x = 15 + (at % 4) * (BOX.width + BOX.gap);
    const y = 70 + Math.floor(at / 4) * (BOX.height + 60);
    const mark = done === null ? '・' : '✓';
    const arrow =
      at % 4 < 3
        ? `<path d="M${x + BOX.width} ${y + BOX.height / 2}h${BOX.gap - 6}" stroke="#333" stroke-width="3" marker-end="url(#tip)"/>`
        : '';
    return `<g><rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="10" fill="${done === null ? '#fff' : '#e6f4ea'}" stroke="${done === null ? '#999' : '#197a4b'}" stroke-width="${done === null ? 1 : 3}"/>
<text x="${x + 12}" y="${y + 34}" font-size="16" font-weight="bold">${escaped(title)}</text>
<text x="${x + 12}" y="${y + 76}" font-size="18">${mark} ${escaped(done ?? 'まだです')}</text></g>${arrow}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} 400" role="img" aria-label="マイナポイントの8つの段階" font-family="'BIZ UDPGothic', sans-serif">
<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="4" refY="4" orient="auto"><path d="M0 0l8 4-8 4z" fill="#333"/></marker></defs>
<text x="15" y="40" font-size="24" font-weight="bold">${escaped(title)}</text>
${boxes.join('\n')}
</svg>`;
}
