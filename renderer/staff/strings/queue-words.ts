import type { Language } from '../../../main/contract/page-protocol.ts';
import type { FindingCode, QueueVerdict } from '../../../main/contract/staff.ts';

/** The words of the tab Queue about its two copies, and about rows that stand still. */
export interface QueueWords {
  readonly findings: string;
  readonly finding: Record<FindingCode, string>;
  readonly receipts: string;
  readonly more: (count: number) => string;
  readonly seen: string;
  readonly seenSure: string;
  readonly seenDone: string;
  readonly copies: string;
  readonly verdict: Record<QueueVerdict['state'], (wrong: number) => string>;
  readonly neverChecked: string;
  readonly checkedAt: string;
  readonly checked: (count: number) => string;
  readonly check: string;
  readonly checkStarted: string;
  readonly alone: string;
  readonly aloneText: string;
  readonly nextTry: string;
  readonly allReasons: string;
  readonly allKinds: string;
  readonly byReason: string;
  readonly byKind: string;
  readonly shown: (shown: number, all: number) => string;
  readonly releaseAll: string;
  readonly releaseAllSure: string;
  readonly releasedAll: (count: number | null) => string;
  readonly noneChosen: string;
  readonly setAside: string;
  readonly setAsideText: string;
  readonly lookAside: string;
  readonly noneAside: string;
  readonly unreadableFile: string;
  readonly inFile: (rows: { waiting: number; parked: number; settled: number; missing: number; bad: number }) => string;
  readonly salvage: (count: number) => string;
  readonly salvageSure: string;
  readonly nothingToSave: string;
  readonly salvaged: (restored: number, known: number, unreadable: number) => string;
  readonly badFile: string;
}

const ja: QueueWords = {
  findings: '保管について気づいたこと',
  finding: {
    'database-damaged': 'データベースが壊れていました。',
    'database-gone': 'データベースがなくなっていました。',
    'database-stale': '古いデータベースが置かれていました。',
    'journal-damaged': '控えの記録が壊れていました。',
    'journal-gone': '控えの記録がなくなっていました。',
    'journal-stale': '古い控えの記録が置かれていました。',
    'row-damaged': '手続きの片方の控えが壊れていました。',
    'row-restored': '壊れた手続きを、もう一方の控えから戻しました。',
    'row-lost': '両方の控えが壊れ、手続きが失われました。本人がまた来たら、もう一度手続きをしてもらってください。',
    'write-failed': 'ディスクに書き込めませんでした。',
    salvaged: '取り置いたファイルから手続きを戻しました。',
    'stood-still': '保管の処理の途中で止まり、自動で再起動しました。止まったところは、間をあけてもう一度試します。',
  },
  receipts: '受付番号：',
  more: (count) => `ほか${count}件`,
  seen: '確認した',
  seenSure: '受付番号を控えましたか。ここから消えます。',
  seenDone: '確認したことを記録しました。',
  copies: '保管の検査',
  verdict: {
    running: () => '検査しています。受付は続いています。',
    'put-off': () => '前の検査の途中で止まったため、検査を見合わせています。数時間後に自動で始まります。',
    good: () => '異常はありません。',
    repaired: (wrong) => `${wrong}件の異常を、もう一方の控えから直しました。`,
    damaged: (wrong) => `${wrong}件の異常が残っています。保守の担当者に知らせてください。`,
  },
  neverChecked: '起動してから、まだ検査していません。',
  checkedAt: '前の検査：',
  checked: (count) => `${count}件を検査`,
  check: 'いま検査する',
  checkStarted: '検査を始めました。少し待って、読み直してください。',
  alone: 'プラットフォームが処理できない手続き',
  aloneText: 'ほかの手続きとは別に、間をあけて1件ずつ送っています。ほかの手続きは止まりません。',
  nextTry: '次に送る時刻',
  allReasons: 'すべての理由',
  allKinds: 'すべての手続き',
  byReason: '理由でしぼる',
  byKind: '手続きでしぼる',
  shown: (shown, all) => `${all}件のうち${shown}件を表示しています。`,
  releaseAll: '選んだものをすべて送り直す',
  releaseAllSure: '表示していないものも含めて、選んだ保留をすべて、もう一度プラットフォームに送りますか。',
  releasedAll: (count) => (count === null ? '選んだ保留を、順に送信待ちに戻しています。' : `${count}件を送信待ちに戻しました。`),
  noneChosen: '選んだ条件の保留はありません。',
  setAside: '取り置いたファイル',
  setAsideText:
    '壊れて別に取ってあるファイルから、まだ送っていない手続きを戻せます。中身は表示しません。二重に手続きされることはありません。',
  lookAside: 'ファイルを調べる',
  noneAside: '取り置いたファイルはありません。',
  unreadableFile: '読めません。消さずに、保守の担当者に渡してください。',
  inFile: ({ waiting, parked, settled, missing, bad }) =>
    `送信待ち${waiting}件、保留${parked}件、済み${settled}件、読めないもの${bad}件。いまの保管にないもの${missing}件。`,
  salvage: (count) => `${count}件を戻す`,
  salvageSure: '戻した手続きは、本人の紙からも取り消せません。送信待ちに戻しますか。',
  nothingToSave: '戻すものはありません。',
  salvaged: (restored, known, unreadable) =>
    `${restored}件を戻しました。${known === 0 ? '' : `ここにあったもの${known}件。`}${unreadable === 0 ? '' : `読めなかったもの${unreadable}件。`}`,
  badFile: 'このファイルは読めません。何も変えていません。',
};

const en: QueueWords = {
  findings: 'Noticed about the store',
  finding: {
    'database-damaged': 'The database was damaged.',
    'database-gone': 'The database was gone.',
    'database-stale': 'An old database had been put back.',
    'journal-damaged': 'The journal was damaged.',
    'journal-gone': 'The journal was gone.',
    'journal-stale': 'An old journal had been put back.',
    'row-damaged': 'One copy of a request was damaged.',
    'row-restored': 'A damaged request was restored from its other copy.',
    'row-lost': 'Both copies were damaged and the request is lost. When the person comes back, please let them do it once more.',
    'write-failed': 'The disk could not be written.',
    salvaged: 'Requests were saved from a set-aside file.',
    'stood-still': 'The kiosk stood still at its store and was started again. What it stood at is tried again later.',
  },
  receipts: 'Receipts: ',
  more: (count) => `and ${count} more`,
  seen: 'Seen',
  seenSure: 'Have you noted the receipts? They go from here.',
  seenDone: 'It is on record that this was seen.',
  copies: 'Check of the store',
  verdict: {
    running: () => 'Being checked. The kiosk goes on serving.',
    'put-off': () => 'The last check came to a standstill. It begins again by itself within some hours.',
    good: () => 'Nothing is wrong.',
    repaired: (wrong) => `Mended from the other copy: ${wrong}.`,
    damaged: (wrong) => `Still wrong: ${wrong}. Tell the engineer.`,
  },
  neverChecked: 'Not checked since the start.',
  checkedAt: 'Last check: ',
  checked: (count) => `Checked: ${count}`,
  check: 'Check now',
  checkStarted: 'The check has begun. Wait a moment, then read again.',
  alone: 'The platform fails at these',
  aloneText: 'They are sent one by one, with long waits between, beside all others. Nothing waits for them.',
  nextTry: 'Next try',
  allReasons: 'Every reason',
  allKinds: 'Every procedure',
  byReason: 'Only this reason',
  byKind: 'Only this procedure',
  shown: (shown, all) => `Shown: ${shown} of ${all}.`,
  releaseAll: 'Send all of these again',
  releaseAllSure: 'Send all parked requests of this choice to the platform again, also those that are not shown?',
  releasedAll: (count) =>
    count === null ? 'The parked requests of this choice go back to waiting.' : `${count} wait for the platform again.`,
  noneChosen: 'Nothing of this choice is parked.',
  setAside: 'Set-aside files',
  setAsideText:
    'Unsent requests can be saved from files that were damaged and put aside. Their content is not shown. Nothing is done twice.',
  lookAside: 'Look at the files',
  noneAside: 'No file was set aside.',
  unreadableFile: 'It cannot be read. Do not delete it; give it to the engineer.',
  inFile: ({ waiting, parked, settled, missing, bad }) =>
    `Waiting: ${waiting}, parked: ${parked}, settled: ${settled}, unreadable: ${bad}. Not in the queue of today: ${missing}.`,
  salvage: (count) => `Save ${count}`,
  salvageSure: 'What is saved cannot be taken back, not even with the slip. Put it back into the queue?',
  nothingToSave: 'There is nothing to save.',
  salvaged: (restored, known, unreadable) =>
    `Saved: ${restored}.${known === 0 ? '' : ` In the queue already: ${known}.`}${unreadable === 0 ? '' : ` Unreadable: ${unreadable}.`}`,
  badFile: 'This file cannot be read. Nothing was changed.',
};

export const QUEUE_WORDS: Record<Language, QueueWords> = { ja, en };
