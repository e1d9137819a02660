import type { ComponentType } from 'react';
import type { StaffRole } from '../../../main/contract/staff.ts';
import { AuditTab } from './audit.tsx';
import { HealthTab } from './health.tsx';
import { QueueTab } from './queue.tsx';
import { ReportTab } from './report.tsx';
import { SettingsTab } from './settings.tsx';
import './tabs.css';

export interface Tab {
  readonly id: string;
  readonly title: `tab.${'health' | 'queue' | 'report' | 'settings' | 'audit'}`;
  readonly roles: readonly StaffRole[];
  readonly panel: ComponentType;
}

/** The console's tabs, in the order they stand. A tab is here when its component is. */
export const TABS: readonly Tab[] = [
  { id: 'health', title: 'tab.health', roles: ['clerk', 'engineer'], panel: HealthTab },
  { id: 'queue', title: 'tab.queue', roles: ['clerk', 'engineer'], panel: QueueTab },
  { id: 'report', title: 'tab.report', roles: ['clerk', 'engineer'], panel: ReportTab },
  { id: 'settings', title: 'tab.settings', roles: ['engineer'], panel: SettingsTab },
  { id: 'audit', title: 'tab.audit', roles: ['clerk', 'engineer'], panel: AuditTab },
];
