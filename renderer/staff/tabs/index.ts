import type { ComponentType } from 'react';
import type { Language } from '../../../main/contract/page-protocol.ts';
import type { StaffRole } from '../../../main/contract/staff.ts';
import { AuditTab } from './audit.tsx';
import { HealthTab } from './health.tsx';
import { QueueTab } from './queue.tsx';
import { ReportTab } from './report.tsx';
import { SettingsTab } from './settings.tsx';

export interface Tab {
  readonly id: string;
  readonly title: Record<Language, string>;
  readonly roles: readonly StaffRole[];
  readonly panel: ComponentType;
}

/** The console's tabs, in the order they stand. A tab is here when its component is. */
export const TABS: readonly Tab[] = [
  { id: 'health', title: { ja: '点検', en: 'Health' }, roles: ['clerk', 'engineer'], panel: HealthTab },
  { id: 'queue', title: { ja: '送信', en: 'Queue' }, roles: ['clerk', 'engineer'], panel: QueueTab },
  { id: 'report', title: { ja: '本日と計画', en: 'Today and the plan' }, roles: ['clerk', 'engineer'], panel: ReportTab },
  { id: 'settings', title: { ja: '設定', en: 'Settings' }, roles: ['engineer'], panel: SettingsTab },
  { id: 'audit', title: { ja: '操作の記録', en: 'Audit' }, roles: ['clerk', 'engineer'], panel: AuditTab },
];
