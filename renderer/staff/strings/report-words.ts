import type { Language } from '../../../main/contract/page-protocol.ts';

/** Words of "Today and the plan" that only the page needs; names of steps, categories and reasons are in main/contract/report-words.ts. */
export interface ReportWords {
  readonly range: string;
  readonly ranges: Record<'today' | 'month' | 'last-month' | 'own', string>;
  readonly from: string;
  readonly to: string;
  readonly show: string;
  readonly badRange: string;
  readonly oneDay: (day: string) => string;
  readonly days: (from: string, to: string) => string;
  readonly again: string;
  readonly csv: string;
  readonly pdf: string;
  readonly plan: string;
  readonly planShare: string;
  readonly goal: (cards: string, half: string) => string;
  readonly noIssued: string;
  readonly noPlan: string;
  readonly setUpsFew: string;
  readonly issuedLabel: (month: string) => string;
  readonly issuedHint: string;
  readonly issuedBad: string;
  readonly save: string;
  readonly saved: string;
  readonly numbers: string;
  readonly setUps: string;
  readonly signUps: string;
  readonly applications: string;
  readonly municipal: string;
  readonly visits: string;
  readonly helped: string;
  readonly uptime: string;
  readonly byDay: string;
  readonly dayTable: string;
  readonly day: string;
  readonly dayFew: string;
  readonly chart: (what: string, most: string, day: string) => string;
  readonly chartEmpty: (what: string) => string;
  readonly categories: string;
  readonly abandoned: string;
  readonly abandonedHint: string;
  readonly referrals: string;
  readonly median: string;
  readonly medianHint: string;
  readonly count: string;
  readonly step: string;
  readonly reason: string;
  readonly minutes: (minutes: number) => string;
  readonly times: (count: string) => string;
  readonly cases: (count: string) => string;
  readonly nothing: string;
  readonly notYet: string;
  readonly fewNote: (threshold: number) => string;
}

const ja: ReportWords = {
  range: '期間',
  ranges: { today: '今日', month: '今月', 'last-month': '先月', own: '日付を選ぶ' },
  from: '最初の日',
  to: '最後の日',
  show: 'この期間を表示',
  badRange: '最初の日から最後の日まで、62日以内で選んでください。',
  oneDay: (day) => day,
  days: (from, to) => `${from} から ${to} まで`,
  again: '新しくする',
  csv: 'CSVを保存',
  pdf: 'PDFを保存（印刷用）',
  plan: '計画',
  planShare: '計画に対する割合',
  goal: (cards, half) => `目標は、新しく交付した${cards}枚の半分、${half}件です。`,
  noIssued: '新規交付の枚数を入力すると、割合が出ます。',
  noPlan: '割合は、月の初めからの期間で出ます。',
  setUpsFew: '予約が少数のため、割合は出しません。',
  issuedLabel: (month) => `${month}の新規交付枚数`,
  issuedHint: 'この月に新しく交付したカードの枚数です。',
  issuedBad: '0から1,000,000までの数を入力してください。',
  save: '保存',
  saved: '保存しました。',
  numbers: '件数',
  setUps: 'マイナポイントの予約',
  signUps: 'マイナポイントの申込み',
  applications: 'カードの交付申請',
  municipal: '自治体ポイント',
  visits: '利用',
  helped: '代わりに入力した申込み',
  uptime: '稼働',
  byDay: '日ごとの数',
  dayTable: '数を表で見る',
  day: '日',
  dayFew: '少数のため、日ごとの数は出しません。',
  chart: (what, most, day) => `${what}の棒グラフ。いちばん多いのは${day}の${most}件。数は下の表にあります。`,
  chartEmpty: (what) => `${what}の棒グラフ。この期間はありません。`,
  categories: '申込みのサービスの種類',
  abandoned: '途中でやめた場面',
  abandonedHint: '画面の名前と、終わった理由です。',
  referrals: 'ほかの窓口を案内した理由',
  median: 'かかった時間（中央値）',
  medianHint: '1分きざみで数え、その中央で表します。',
  count: '件数',
  step: '場面',
  reason: '理由',
  minutes: (minutes) => `${minutes}分`,
  times: (count) => `${count}回`,
  cases: (count) => `${count}件`,
  nothing: 'ありません。',
  notYet: 'まだ分かりません。',
  fewNote: (threshold) =>
    `「少数」は、${threshold}件より少ない数と、そこから少ない数が計算できてしまう数です。人が特定されないように出しません。グラフではしまの棒です。`,
};

const en: ReportWords = {
  range: 'Period',
  ranges: { today: 'Today', month: 'This month', 'last-month': 'Last month', own: 'Choose days' },
  from: 'First day',
  to: 'Last day',
  show: 'Show these days',
  badRange: 'Choose a first and a last day, at most 62 days.',
  oneDay: (day) => day,
  days: (from, to) => `${from} to ${to}`,
  again: 'Refresh',
  csv: 'Save CSV',
  pdf: 'Save PDF (to print, Japanese)',
  plan: 'The plan',
  planShare: 'Share of the plan',
  goal: (cards, half) => `The goal is ${half}: half of the ${cards} cards newly issued.`,
  noIssued: 'Enter the cards newly issued, and the percentage is shown.',
  noPlan: 'The percentage is shown for periods from the first of a month.',
  setUpsFew: 'There are few set-ups, so no percentage is shown.',
  issuedLabel: (month) => `Cards newly issued in ${month}`,
  issuedHint: 'How many new cards were issued in this month.',
  issuedBad: 'Enter a number from 0 to 1,000,000.',
  save: 'Save',
  saved: 'Saved.',
  numbers: 'Counts',
  setUps: 'Set-ups',
  signUps: 'Sign-ups',
  applications: 'Card applications',
  municipal: 'Municipal points',
  visits: 'Visits',
  helped: 'Sign-ups typed by a helper',
  uptime: 'Uptime',
  byDay: 'By day',
  dayTable: 'See the numbers as a table',
  day: 'Day',
  dayFew: 'There are few, so no numbers by day are shown.',
  chart: (what, most, day) => `Bar chart: ${what}. The most is ${most}, on ${day}. The numbers are in the table below.`,
  chartEmpty: (what) => `Bar chart: ${what}. None in this period.`,
  categories: 'Sign-ups by kind of service',
  abandoned: 'Where people stopped',
  abandonedHint: 'The name of the screen, and why it ended.',
  referrals: 'Why people were sent elsewhere',
  median: 'Time taken (median)',
  medianHint: 'Counted in whole minutes, shown as the middle of the minute.',
  count: 'Count',
  step: 'Screen',
  reason: 'Reason',
  minutes: (minutes) => `${minutes} min`,
  times: (count) => count,
  cases: (count) => count,
  nothing: 'None.',
  notYet: 'Not known yet.',
  fewNote: (threshold) =>
    `"few" stands for a count below ${threshold}, and for one that would give such a count away. It is not shown, so that nobody can be singled out. In charts it is a striped bar.`,
};

export const REPORT_WORDS: Record<Language, ReportWords> = { ja, en };
