import type { HoursOrder } from '../../../main/contract/hours.ts';
import type { Language } from '../../../main/contract/page-protocol.ts';
import type { OpeningView } from '../../../main/contract/staff.ts';

interface OpeningWords {
  readonly title: string;
  readonly text: string;
  readonly open: string;
  readonly closed: string;
  readonly by: Record<OpeningView['by'], string>;
  readonly until: (moment: string, open: boolean) => string;
  readonly orders: Record<HoursOrder, string>;
}

export const OPENING_WORDS: Record<Language, OpeningWords> = {
  ja: {
    title: '開いている時間',
    text: '管理画面を閉じると、この状態になります。利用中の手続きを止めることはありません。係が閉めた時間は、稼働の割合に入りません。',
    open: '開いています。',
    closed: '閉まっています。',
    by: { always: '時間の設定はありません。', hours: '設定の時間どおりです。', staff: '係が手で決めました。' },
    until: (moment, open) => (open ? `${moment} に閉まります。` : `${moment} に開きます。`),
    orders: {
      'open-today': 'きょう24時まで開ける',
      open: '閉めるまで開けておく',
      'close-till-next': '次の時間まで閉める',
      close: '開けるまで閉めておく',
      follow: '設定の時間に戻す',
    },
  },
  en: {
    title: 'Opening hours',
    text: 'This holds when the console is closed. It never ends a visit. Time that staff closed by hand is left out of the uptime.',
    open: 'Open.',
    closed: 'Closed.',
    by: { always: 'No hours are set.', hours: 'As the hours say.', staff: 'Staff have said so by hand.' },
    until: (moment, open) => (open ? `Closes ${moment}.` : `Opens ${moment}.`),
    orders: {
      'open-today': 'Open until midnight today',
      open: 'Open until closed again',
      'close-till-next': 'Close until the next opening',
      close: 'Close until opened again',
      follow: 'Back to the hours',
    },
  },
};
