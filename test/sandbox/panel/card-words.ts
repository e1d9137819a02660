import type { CardStateName } from '../virtual-card/card.ts';

/** What the operator reads on a card's button. */
export const cardWords: Record<CardStateName, string> = {
  fresh: 'ふつうのカード A',
  'fresh-2': 'ふつうのカード B',
  child: '15才未満の人のカード',
  'wrong-pin-once': '暗証番号を1回まちがえたカード(のこり2回)',
  'wrong-pin-twice': '暗証番号を2回まちがえたカード(のこり1回)',
  locked: 'ロックされたカード',
  expired: '電子証明書の期限切れ',
  'expiring-soon': 'もうすぐ期限切れ',
  'renewed-today': '今日更新したカード',
  revoked: '失効した電子証明書',
  'no-auth-certificate': '電子証明書のないカード',
  face: '顔認証マイナンバーカード',
  juki: '住基カード',
  phone: 'スマートフォン',
  slow: '応答がおそいカード',
  'leaves-mid-command': '途中で離れるカード',
  'long-key': '長い鍵のカード(RSA-4096)',
  'next-card': '次の世代のカード(仮の形)',
  other: 'ほかのICカード(免許証など)',
};
