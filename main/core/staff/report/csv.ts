import { StaffLanguage } from '../../../contract/languages.ts';
import type { Shown, StaffReport } from '../../../contract/staff.ts';
import { nameOfAbandonment, nameOfCategory, nameOfJourney, nameOfReferral, type ReportText, reportText } from './report-text.ts';

type Cell = string | number | null;

const BOM = '\uFEFF';

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

const texts = StaffLanguage.options.map(reportText);
/** The same in every language of the staff's. */
const inAll = (say: (t: ReportText) => string): string => texts.map(say).join(' / ');
const FEW = texts.map((t) => t('few')).join(' ');
const shown = (count: Shown): Cell => (count === 'few' ? FEW : count);

/**
 * The report as one long table: codes for machines, words for people, the value last. An empty value: cannot be said.
 * @param terminal the kiosk's id and name
 */
export function reportCsv(report: StaffReport, terminal: string): string {
  const one = (section: string, key: string, word: string, value: Cell): Cell[] => [section, key, word, value];
  const list = (section: string, rows: StaffReport['signUps'], name: (t: ReportText, key: string) => string) =>
    rows.map(({ key, count }) =>
      one(
        section,
        key,
        inAll((t) => name(t, key)),
        shown(count),
      ),
    );
  return csvText([
    ['section', 'key', inAll((t) => t('report.csvName')), inAll((t) => t('report.csvValue'))],
    one(
      'report',
      'terminal',
      inAll((t) => t('report.terminal')),
      terminal,
    ),
    one(
      'report',
      'from',
      inAll((t) => t('report.first')),
      report.from,
    ),
    one(
      'report',
      'to',
      inAll((t) => t('report.last')),
      report.to,
    ),
    one(
      'report',
      'threshold',
      inAll((t) => t('report.threshold', { few: t('few') })),
      report.threshold,
    ),
    one(
      'plan',
      'set-ups',
      inAll((t) => t('report.setUps')),
      shown(report.setUps),
    ),
    one(
      'plan',
      'issued',
      inAll((t) => t('report.issued')),
      report.issued,
    ),
    one(
      'plan',
      'percent',
      inAll((t) => t('report.planPercent')),
      report.planPercent,
    ),
    one(
      'visits',
      'all',
      inAll((t) => t('report.visits')),
      shown(report.visits),
    ),
    ...list('sign-ups', report.signUps, nameOfCategory),
    one(
      'municipal',
      'all',
      inAll((t) => t('journey.municipal')),
      shown(report.municipal),
    ),
    one(
      'applications',
      'all',
      inAll((t) => t('journey.card-application')),
      shown(report.applications),
    ),
    one(
      'helped',
      'percent',
      inAll((t) => t('report.helpedPercent')),
      report.helpedPercent,
    ),
    ...report.medianMinutes.map(({ key, minutes }) =>
      one(
        'median-minutes',
        key,
        inAll((t) => nameOfJourney(t, key)),
        minutes,
      ),
    ),
    ...report.abandoned.map(({ key, count }) =>
      one(
        'abandoned',
        key,
        inAll((t) => nameOfAbandonment(t, key)),
        shown(count),
      ),
    ),
    ...list('referrals', report.referrals, nameOfReferral),
    one(
      'uptime',
      'percent',
      inAll((t) => t('report.uptimePercent')),
      report.uptimePercent,
    ),
    ...(report.opening === null
      ? []
      : [
          one(
            'uptime',
            'promised',
            inAll((t) => t('report.promisedMinutes')),
            report.opening.promisedMinutes,
          ),
          one(
            'uptime',
            'served',
            inAll((t) => t('report.servedMinutes')),
            report.opening.servedMinutes,
          ),
          one(
            'uptime',
            'closed-by-staff',
            inAll((t) => t('report.closedByStaffMinutes')),
            report.opening.closedByStaffMinutes,
          ),
        ]),
    ...report.days.flatMap(({ day, setUps, signUps, applications }) => [
      one(
        'day-set-ups',
        day,
        inAll((t) => t('report.setUps')),
        shown(setUps),
      ),
      one(
        'day-sign-ups',
        day,
        inAll((t) => t('report.signUps')),
        shown(signUps),
      ),
      one(
        'day-applications',
        day,
        inAll((t) => t('report.applications')),
        shown(applications),
      ),
    ]),
  ]);
}
