import type { Settings } from '../../../contract/config.ts';
import type { Result } from '../../../contract/result.ts';
import { err, ok } from '../../../contract/result.ts';
import type { StaffFile, StaffReport } from '../../../contract/staff.ts';
import type { Clock } from '../../ports.ts';
import { japanDay } from '../../time.ts';
import type { UsageStats } from '../../usage-stats/usage-stats.ts';
import type { StaffHandlers } from '../handlers.ts';
import { reportCsv } from './csv.ts';
import { reportPdf } from './pdf.ts';
import { periodOf } from './period.ts';
import { reportOf } from './report-of.ts';
import { sumsOf } from './sums.ts';

export interface ReportHandlerDeps {
  readonly usageStats: UsageStats;
  readonly clock: Clock;
  readonly terminal: Settings['terminal'];
  /** `staff.threshold` of the settings. */
  readonly threshold: number;
}

export type ReportHandlers = Pick<StaffHandlers, 'report' | 'report-csv' | 'report-pdf' | 'issued'>;

/**
 * "Today and the plan": every form of it is made from the same protected report, so a file tells no more than the screen. What is hidden is
 * hidden within one report. Two reports of overlapping days can be subtracted, as two looks at the same day can: no rule for one report
 * prevents that, and who stands at the counter sees it anyway. The audit log has every file that was asked for.
 */
export function reportHandlers({ usageStats, clock, terminal, threshold }: ReportHandlerDeps): ReportHandlers {
  const reportFor = (from: string, to: string): Result<StaffReport, 'storage'> => {
    const period = periodOf(from, to);
    const counted = usageStats.read(period.from, period.to);
    if (!counted.ok) return err('storage');
    return ok(reportOf({ period, sums: sumsOf(counted.value, period), threshold, today: japanDay(clock.now()) }));
  };
  const named = `${terminal.id} ${terminal.name.ja}`;
  return {
    report: async ({ from, to }) => {
      const report = reportFor(from, to);
      return report.ok ? ok({ what: 'report', report: report.value }) : report;
    },
    'report-csv': async ({ from, to }) => {
      const report = reportFor(from, to);
      if (!report.ok) return report;
      const bytes = Buffer.from(reportCsv(report.value, named), 'utf8');
      return ok({ what: 'file', file: fileOf(report.value, 'csv', 'text/csv; charset=utf-8', bytes) });
    },
    'report-pdf': async ({ from, to }) => {
      const report = reportFor(from, to);
      if (!report.ok) return report;
      const bytes = Buffer.from(await reportPdf(report.value, { terminal: named, at: clock.now() }));
      return ok({ what: 'file', file: fileOf(report.value, 'pdf', 'application/pdf', bytes) });
    },
    issued: async ({ month, cards }) => {
      const kept = usageStats.setIssued(month, cards);
      return kept.ok ? ok({ what: 'done' }) : kept;
    },
  };
}

function fileOf({ from, to }: StaffReport, ending: 'csv' | 'pdf', type: string, bytes: Buffer): StaffFile {
  return { name: `report_${from}_${to}.${ending}`, type, base64: bytes.toString('base64') };
}
