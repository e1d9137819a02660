import type { StaffLanguage } from '../../../contract/languages.ts';
import type { StaffReport } from '../../../contract/staff.ts';
import { calendarDayIn, dayAndTimeIn } from '../../../contract/words/formats.ts';
import { createPaper, INK, INNER, PAGE } from './paper.ts';
import { bars, dayColumns, type Flow, heading, need, shownIn, tiles } from './pdf-elements.ts';
import { nameOfAbandonment, nameOfCategory, nameOfJourney, nameOfReferral, reportText } from './report-text.ts';

/** Of the paper: it is filed at the town office. */
const LANGUAGE: StaffLanguage = 'ja';
const t = reportText(LANGUAGE);

export interface PdfWords {
  /** The kiosk's id and name. */
  readonly terminal: string;
  /** Of making, epoch ms. */
  readonly at: number;
}

/** The report on A4: the numbers of the screen and of the CSV, with the same pictures. */
export async function reportPdf(report: StaffReport, { terminal, at }: PdfWords): Promise<Uint8Array> {
  const title = t('report.pdfTitle');
  const paper = createPaper(title, at);
  const flow: Flow = { paper, t, y: PAGE.margin };
  paper.text(title, PAGE.margin, flow.y, { size: 18, bold: true });
  const [from, to] = [calendarDayIn(LANGUAGE, report.from), calendarDayIn(LANGUAGE, report.to)];
  const days = from === to ? from : t('report.days', { from, to });
  paper.text(days, PAGE.margin, flow.y + 30, { size: 12, bold: true });
  paper.text(terminal, PAGE.margin, flow.y + 48, { size: 9, colour: INK.soft });
  paper.text(t('report.madeAt', { at: dayAndTimeIn(LANGUAGE, at) }), PAGE.margin, flow.y + 48, {
    size: 9,
    colour: INK.soft,
    align: 'right',
  });
  flow.y += 68;

  const all = report.signUps.find(({ key }) => key === 'all')?.count ?? 0;
  tiles(flow, [
    { label: t('report.setUps'), value: shownIn(t, report.setUps, 'report.cases') },
    planTile(report),
    { label: t('report.signUps'), value: shownIn(t, all, 'report.cases') },
    { label: t('report.applications'), value: shownIn(t, report.applications, 'report.cases') },
  ]);
  tiles(flow, [
    { label: t('report.visits'), value: shownIn(t, report.visits, 'report.times') },
    { label: t('report.municipal'), value: shownIn(t, report.municipal, 'report.cases') },
    { label: t('report.helped'), value: percent(report.helpedPercent) },
    { label: t('report.uptime'), value: percent(report.uptimePercent) },
  ]);

  if (report.days.length > 1) {
    heading(flow, t('report.byDay'), 90);
    dayColumns(flow, t('report.setUps'), report.days, (day) => day.setUps);
    dayColumns(flow, t('report.signUps'), report.days, (day) => day.signUps);
    dayColumns(flow, t('report.applications'), report.days, (day) => day.applications);
  }
  heading(flow, t('report.categories'), 60);
  bars(
    flow,
    report.signUps.filter(({ key }) => key !== 'all').map(({ key, count }) => ({ label: nameOfCategory(t, key), count })),
    t('report.nothing'),
  );
  heading(flow, t('report.abandoned'), 30);
  bars(
    flow,
    report.abandoned.map(({ key, count }) => ({ label: nameOfAbandonment(t, key), count })),
    t('report.nothing'),
  );
  heading(flow, t('report.referrals'), 30);
  bars(
    flow,
    report.referrals.map(({ key, count }) => ({ label: nameOfReferral(t, key), count })),
    t('report.nothing'),
  );
  heading(flow, t('report.median'), 30);
  for (const { key, minutes } of report.medianMinutes) {
    need(flow, 15);
    paper.text(nameOfJourney(t, key), PAGE.margin, flow.y, { width: 184 });
    paper.text(t('report.minutes', { minutes }), PAGE.margin, flow.y, { align: 'right' });
    flow.y += 15;
  }
  if (report.medianMinutes.length === 0) {
    paper.text(t('report.notYet'), PAGE.margin, flow.y, { colour: INK.soft });
    flow.y += 15;
  }
  notes(flow, report.threshold);
  return paper.end();
}

function planTile({ issued, planPercent }: StaffReport) {
  const label = t('report.planShare');
  if (issued === null) return { label, value: '—', note: t('report.issuedMissing') };
  return { label, value: percent(planPercent), note: t('report.goalShort', { issued }) };
}

const percent = (value: number | null): string => (value === null ? '—' : t('report.percent', { percent: value }));

function notes(flow: Flow, threshold: number): void {
  const lines = [...(threshold > 1 ? [t('report.fewNote', { threshold })] : []), t('report.medianNote'), t('report.noneNote')];
  need(flow, 20 + lines.length * 12);
  flow.y += 14;
  for (const line of lines) {
    flow.paper.text(line, PAGE.margin, flow.y, { size: 7.5, colour: INK.soft, width: INNER });
    flow.y += 12;
  }
}
