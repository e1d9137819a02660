import {
  CATEGORY_NAMES,
  FEW,
  JOURNEY_NAMES,
  nameOfAbandonment,
  nameOfKey,
  REFERRAL_NAMES,
  type Said,
} from '../../../contract/report-words.ts';
import type { Shown, StaffReport } from '../../../contract/staff.ts';

type Cell = string | number | null;

const BOM = '\uFEFF';
const few = `${FEW.ja} ${FEW.en}`;

/** A spreadsheet takes these for a formula (OWASP, CSV injection). The tab and the line ends are in no word of ours, and are guarded all the same. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** RFC 4180 section 2; a text that would be a formula begins with an apostrophe. */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** UTF-8 with BOM (Excel needs it for Japanese), CRLF. Every row has as many cells as the first. */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return BOM + rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

const both = ({ ja, en }: Said): string => `${ja} / ${en}`;
const shown = (count: Shown): Cell => (count === 'few' ? few : count);

/**
 * The report as one long table: codes for machines, words for people, the value last. An empty value: cannot be said.
 * @param terminal the kiosk's id and name
 */
export function reportCsv(report: StaffReport, terminal: string): string {
  const one = (section: string, key: string, word: string, value: Cell): Cell[] => [section, key, word, value];
  const list = (section: string, rows: StaffReport['signUps'], names: Readonly<Record<string, Said>>) =>
    rows.map(({ key, count }) => one(section, key, both(nameOfKey(names, key)), shown(count)));
  return csvText([
    ['section', 'key', '名称 / name', '値 / value'],
    one('report', 'terminal', '端末 / Terminal', terminal),
    one('report', 'from', '初日 / First day', report.from),
    one('report', 'to', '最終日 / Last day', report.to),
    one('report', 'threshold', `これより少ない数は「${FEW.ja}」 / Smaller counts are "${FEW.en}"`, report.threshold),
    one('plan', 'set-ups', '予約 / Set-ups', shown(report.setUps)),
    one('plan', 'issued', '新規交付枚数 / Cards newly issued', report.issued),
    one('plan', 'percent', '計画に対する割合（％） / Percent of the plan', report.planPercent),
    one('visits', 'all', '利用 / Visits', shown(report.visits)),
    ...list('sign-ups', report.signUps, CATEGORY_NAMES),
    one('municipal', 'all', both(JOURNEY_NAMES.municipal), shown(report.municipal)),
    one('applications', 'all', both(JOURNEY_NAMES['card-application']), shown(report.applications)),
    one('helped', 'percent', '代わりに入力した申込み（％） / Sign-ups typed by a helper, percent', report.helpedPercent),
    ...report.medianMinutes.map(({ key, minutes }) => one('median-minutes', key, both(nameOfKey(JOURNEY_NAMES, key)), minutes)),
    ...report.abandoned.map(({ key, count }) => {
      const { step, reason } = nameOfAbandonment(key);
      const word = reason.ja === '' ? both(step) : `${step.ja}（${reason.ja}） / ${step.en} (${reason.en})`;
      return one('abandoned', key, word, shown(count));
    }),
    ...list('referrals', report.referrals, REFERRAL_NAMES),
    one('uptime', 'percent', '稼働（％） / Uptime, percent', report.uptimePercent),
    ...(report.opening === null
      ? []
      : [
          one('uptime', 'promised', '開いている約束の時間（分） / Opening hours, minutes', report.opening.promisedMinutes),
          one('uptime', 'served', '使えた時間（分） / Served, minutes', report.opening.servedMinutes),
          one(
            'uptime',
            'closed-by-staff',
            '係が閉めた時間（分） / Closed by staff, minutes',
            report.opening.closedByStaffMinutes,
          ),
        ]),
    ...report.days.flatMap(({ day, setUps, signUps, applications }) => [
      one('day-set-ups', day, '予約 / Set-ups', shown(setUps)),
      one('day-sign-ups', day, '申込み / Sign-ups', shown(signUps)),
      one('day-applications', day, '交付申請 / Applications', shown(applications)),
    ]),
  ]);
}
