import type { CameraUse } from '../../../main/contract/camera.ts';
import type { HEALTH_FINDINGS } from '../../../main/contract/health-findings.ts';
import type { KeyLayout } from '../../../main/contract/key-layout.ts';
import { LeftOut } from '../../../main/contract/left-out.ts';
import type { Language } from '../../../main/contract/page-protocol.ts';
import type { DeviceTrial, HealthCheckId, HealthResult, QueueView, SettingsView } from '../../../main/contract/staff.ts';
import { healthEn } from './health-en.ts';
import { healthJa } from './health-ja.ts';
import { opsEn } from './ops-en.ts';
import { opsJa } from './ops-ja.ts';
import { leftOutInWords, WORDS } from './words.ts';

/** What a finding says, with `{fact}` where a fact goes, and what to do about it. */
export type FindingWords = readonly [says: string, todo?: string];

export type HealthWords = {
  readonly [I in HealthCheckId]: {
    readonly name: string;
    readonly findings: Readonly<Record<(typeof HEALTH_FINDINGS)[I][number], FindingWords>>;
  };
};

/** The words of the tabs Health, Queue and Settings. */
export interface OpsWords {
  readonly health: {
    readonly state: Record<HealthResult['state'], string>;
    readonly noAnswer: FindingWords;
    readonly failed: FindingWords;
    readonly allGood: string;
    readonly look: (numbers: string) => string;
    readonly again: string;
    readonly saveText: string;
    readonly saveJson: string;
  };
  readonly queue: {
    readonly line: Record<QueueView['line'], string>;
    readonly counts: Record<keyof QueueView['counts'], string>;
    readonly oldest: string;
    readonly nothingWaits: string;
    readonly nextAttempt: string;
    readonly challenges: string;
    readonly age: (seconds: number) => string;
    readonly retry: string;
    readonly retried: string;
    readonly answers: string;
    readonly noAnswers: string;
    readonly answer: Record<'accepted' | 'conflict' | 'too-many-attempts' | 'http', string>;
    readonly parked: string;
    readonly noParked: string;
    readonly receipt: string;
    readonly kind: string;
    readonly since: string;
    readonly attempts: string;
    readonly reason: string;
    readonly release: string;
    readonly releaseSure: string;
    readonly released: string;
    readonly deadLine: string;
    readonly deadLineText: string;
    readonly noMedia: string;
    readonly medium: string;
    readonly export: string;
    readonly exportSure: string;
    readonly exported: (rows: number, file: string) => string;
    readonly nothingToExport: string;
    readonly import: string;
    readonly imported: (settled: number, again: number, unknown: number) => string;
    readonly badFile: string;
  };
  readonly settings: {
    readonly profile: string;
    readonly profileText: string;
    readonly change: (name: string) => string;
    readonly changeSure: (name: string) => string;
    readonly refused: string;
    readonly restarting: string;
    readonly device: string;
    readonly identity: Record<SettingsView['identity'], string>;
    readonly days: (days: number) => string;
    readonly enrolText: string;
    readonly code: string;
    readonly codeForm: string;
    readonly enrol: string;
    readonly fromFile: string;
    readonly codeRefused: string;
    readonly platformAway: string;
    readonly all: string;
    readonly find: string;
    readonly key: string;
    readonly value: string;
    readonly from: string;
    readonly none: string;
  };
  readonly trial: {
    readonly title: string;
    readonly text: string;
    readonly begin: Record<CameraUse, string>;
    readonly end: string;
    readonly waits: string;
    readonly camera: Record<NonNullable<DeviceTrial['camera']>['state'] | 'stand-in', string>;
    readonly noCode: string;
    readonly code: (by: string, signs: number) => string;
    readonly by: Record<NonNullable<DeviceTrial['code']>['by'], string>;
    readonly learnt: Record<KeyLayout, string>;
    readonly setUpCode: string;
    readonly setUpText: string;
    readonly layout: Record<DeviceTrial['layout'], string>;
    readonly named: Record<DeviceTrial['named'], string>;
    /** How a scanner is named, where it is not. */
    readonly nameScanner: string;
    readonly keys: Record<DeviceTrial['keys'], string>;
  };
  readonly sure: { readonly yes: string; readonly no: string };
}

export const OPS_WORDS: Record<Language, OpsWords> = { ja: opsJa, en: opsEn };
export const HEALTH_WORDS: Record<Language, HealthWords> = { ja: healthJa, en: healthEn };

/** A finding in words: what it is, and what to do; `{name}` is filled from the facts. */
export function findingInWords(
  language: Language,
  { id, finding, facts }: HealthResult,
): { name: string; says: string; todo: string } {
  const { name, findings } = HEALTH_WORDS[language][id];
  const { health } = OPS_WORDS[language];
  const known = (findings as Record<string, FindingWords | undefined>)[finding];
  const [says, todo = ''] =
    finding === 'no-answer' ? health.noAnswer : finding === 'failed' ? health.failed : (known ?? [finding]);
  const said = id === 'journeys' ? { list: listInWords(language, String(facts['list'] ?? '')) } : facts;
  return { name, says: says.replaceAll(/\{(\w+)\}/g, (_, fact: string) => String(said[fact] ?? '–')), todo };
}

/** `sign-up: catalogue-key, pending: printer` in words. What cannot be read is shown as it is. */
function listInWords(language: Language, list: string): string {
  const entries = list.split(', ').map((entry) => {
    const [journey, lacks] = entry.split(': ');
    const read = LeftOut.safeParse({ journey, lacks });
    return read.success ? leftOutInWords(WORDS[language], read.data) : entry;
  });
  return entries.join(language === 'ja' ? '、' : '; ');
}
