import {
  CATEGORY_NAMES,
  FEW,
  JOURNEY_NAMES,
  nameOfAbandonment,
  nameOfKey,
  REFERRAL_NAMES,
} from '../../../contract/report-words.ts';
import type { StaffReport } from '../../../contract/staff.ts';
import { createPaper, INK, INNER, PAGE } from './paper.ts';
import { bars, dayColumns, type Flow, heading, need, shownJa, tiles } from './pdf-parts.ts';

const dayJa = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

export interface PdfWords {
  /** The kiosk's id and name. */
  readonly terminal: string;
  /** Of making, epoch ms. */
  readonly at: number;
}

/** The report on A4, in Japanese: the numbers of the screen and of the CSV, with the same pictures. */
export async function reportPdf(report: StaffReport, { terminal, at }: PdfWords): Promise<Uint8Array> {
  const title = '窓口端末の利用と計画';
  const paper = createPaper(title, at);
  const flow: Flow = { paper, y: PAGE.margin };
  paper.text(title, PAGE.margin, flow.y, { size: 18, bold: true });
  const days = report.from === report.to ? dayJa(report.from) : `${dayJa(report.from)} から ${dayJa(report.to)} まで`;
  paper.text(days, PAGE.margin, flow.y + 30, { size: 12, bold: true });
  paper.text(terminal, PAGE.margin, flow.y + 48, { size: 9, colour: INK.soft });
  paper.text(`作成 ${madeAt(at)}`, PAGE.margin, flow.y + 48, { size: 9, colour: INK.soft, align: 'right' });
  flow.y += 68;

  const all = report.signUps.find(({ key }) => key === 'all')?.count ?? 0;
  tiles(flow, [
    { label: 'マイナポイントの予約', value: shownJa(report.setUps, '件') },
    planTile(report),
    { label: 'マイナポイントの申込み', value: shownJa(all, '件') },
    { label: 'カードの交付申請', value: shownJa(report.applications, '件') },
  ]);
  tiles(flow, [
    { label: '利用', value: shownJa(report.visits, '回') },
    { label: '自治体ポイント', value: shownJa(report.municipal, '件') },
    { label: '代わりに入力した申込み', value: percent(report.helpedPercent) },
    { label: '稼働', value: percent(report.uptimePercent) },
  ]);

  if (report.days.length > 1) {
    heading(flow, '日ごとの数', 90);
    dayColumns(flow, '予約', report.days, (day) => day.setUps);
    dayColumns(flow, '申込み', report.days, (day) => day.signUps);
    dayColumns(flow, '交付申請', report.days, (day) => day.applications);
  }
  heading(flow, '申込みのサービスの種類', 60);
  bars(
    flow,
    report.signUps
      .filter(({ key }) => key !== 'all')
      .map(({ key, count }) => ({ label: nameOfKey(CATEGORY_NAMES, key).ja, count })),
    'ありません。',
  );
  heading(flow, '途中でやめた場面', 30);
  bars(
    flow,
    report.abandoned.map(({ key, count }) => {
      const { step, reason } = nameOfAbandonment(key);
      return { label: reason.ja === '' ? step.ja : `${step.ja}（${reason.ja}）`, count };
    }),
    'ありません。',
  );
  heading(flow, 'ほかの窓口を案内した理由', 30);
  bars(
    flow,
    report.referrals.map(({ key, count }) => ({ label: nameOfKey(REFERRAL_NAMES, key).ja, count })),
    'ありません。',
  );
  heading(flow, 'かかった時間（中央値）', 30);
  for (const { key, minutes } of report.medianMinutes) {
    need(flow, 15);
    paper.text(nameOfKey(JOURNEY_NAMES, key).ja, PAGE.margin, flow.y, { width: 184 });
    paper.text(`${minutes}分`, PAGE.margin, flow.y, { align: 'right' });
    flow.y += 15;
  }
  if (report.medianMinutes.length === 0) {
    paper.text('まだ分かりません。', PAGE.margin, flow.y, { colour: INK.soft });
    flow.y += 15;
  }
  notes(flow, report.threshold);
  return paper.end();
}

function planTile({ issued, planPercent }: StaffReport) {
  const label = '計画に対する割合';
  if (issued === null) return { label, value: '—', note: '新規交付枚数が未入力' };
  return { label, value: percent(planPercent), note: `新規${issued.toLocaleString('ja-JP')}枚の半分が目標` };
}

const percent = (value: number | null): string => (value === null ? '—' : `${value}％`);

/** In Japan, to the minute. */
function madeAt(at: number): string {
  const iso = new Date(at + 9 * 3_600_000).toISOString();
  return `${dayJa(iso.slice(0, 10))} ${iso.slice(11, 16)}`;
}

function notes(flow: Flow, threshold: number): void {
  const lines = [
    ...(threshold > 1
      ? [
          `「${FEW.ja}」は${threshold}件より少ない数と、そこから少ない数が計算できてしまう数です。人が特定されないように出しません（しまの棒）。`,
        ]
      : []),
    '時間は1分きざみで数え、その中央で表します。代わりに入力した割合は、申込みについてのものです。',
    '「—」は、まだ言えないことを表します。名前や番号など、人についての情報は含みません。',
  ];
  need(flow, 20 + lines.length * 12);
  flow.y += 14;
  for (const line of lines) {
    flow.paper.text(line, PAGE.margin, flow.y, { size: 7.5, colour: INK.soft, width: INNER });
    flow.y += 12;
  }
}
