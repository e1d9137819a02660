import { japanDay } from '../../../../main/core/catalogue/finder.ts';
import type { CatalogueDesk } from '../catalogue-desk.ts';
import { linkedOf } from '../decide.ts';
import type { LinkRow, Store } from '../store.ts';
import { countedOf, grantsOf } from './ledger.ts';

/** One of the eight steps of the seed's figure, and what has come of it. `null`: not yet. */
export interface CaseStep {
  readonly title: string;
  readonly done: string | null;
}

const yen = new Intl.NumberFormat('ja-JP');

/** The eight steps of one person's case, as far as they have come. */
export function caseSteps(link: LinkRow | null, store: Store, desk: CatalogueDesk): CaseStep[] {
  const { measure } = desk.current();
  const linked = link === null ? null : linkedOf(link, desk);
  const counted = link === null ? 0 : countedOf(store, link, measure);
  const granted = link === null ? 0 : grantsOf(store, link);
  const claims = link === null ? [] : store.claims().filter(({ service }) => service === link.service);
  const since = link === null ? null : japanDay(link.since);
  return [
    { title: '① マイキーIDに権利がつく', done: since },
    { title: '② サービスをひとつ選ぶ', done: linked?.service.ja ?? null },
    { title: '③ 番号とマイキーIDを結ぶ', done: linked === null ? null : linked.account.slice(-8) },
    { title: '④ 前払い・買い物の知らせ', done: counted === 0 ? null : `${yen.format(counted)}円` },
    { title: '⑤ プレミアムの計算', done: counted === 0 ? null : `${measure.percent}% 上限${yen.format(measure.cap)}` },
    { title: '⑥ ポイントがつく', done: granted === 0 ? null : `${yen.format(granted)}ポイント` },
    { title: '⑦ 会社から毎月の請求', done: claims.length === 0 ? null : `${claims.length}か月分` },
    {
      title: '⑧ 補助金の支払い',
      done: claims.some(({ paid_at }) => paid_at !== null)
        ? `${claims.filter(({ paid_at }) => paid_at !== null).length}か月分`
        : null,
    },
  ];
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const WIDTH = 1000;
const BOX = { width: 220, height: 120, gap: 30 };

/** A picture of the steps: two rows of four, arrows between, what has happened in colour and in words. No script, nothing from outside. */
export function casePicture(myKeyId: string, steps: readonly CaseStep[]): string {
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
<text x="15" y="40" font-size="24" font-weight="bold">マイキーID ${escaped(myKeyId)} の申し込み</text>
${boxes.join('\n')}
</svg>`;
}
