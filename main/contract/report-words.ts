import type { Category } from './catalogue.ts';
import type { Language } from './page-protocol.ts';
import type { Journey, ScreenName, ScreenOf } from './screens.ts';

/**
 * What things are called when staff talk of them: on the staff's page, in the CSV and on the printed report alike. Short, and the same word
 * for the same thing everywhere.
 */
export type Said = Readonly<Record<Language, string>>;
const said = (ja: string, en: string): Said => ({ ja, en });

export const STEP_NAMES: Readonly<Record<ScreenName, Said>> = {
  attract: said('待ち受け', 'Start screen'),
  menu: said('メニュー', 'Menu'),
  'about-set-up': said('予約の説明', 'About set-up'),
  'whose-card': said('だれのカードか', 'Whose card'),
  'whose-stop': said('ほかの人のカード', "Somebody else's card"),
  terms: said('規約', 'Terms'),
  'insert-card': said('カードを置く', 'Put the card on'),
  'reading-card': said('カードの読み取り', 'Reading the card'),
  'check-result': said('カードの確認結果', 'What the card can do'),
  'card-problem': said('カードが使えない', 'Card problem'),
  'expiring-notice': said('期限が近い', 'Certificate expires soon'),
  'renewed-question': said('更新したか', 'Renewed today?'),
  'renewed-wait': said('更新後の待ち', 'Wait after renewal'),
  'read-back': said('内容の確認', 'Read-back'),
  'pin-last-try': said('暗証番号の最後の1回', 'Last PIN try'),
  pin: said('暗証番号', 'PIN'),
  signing: said('署名', 'Signing'),
  delivering: said('送信', 'Sending'),
  issued: said('予約の完了', 'Set-up done'),
  received: said('受付', 'Received'),
  accepted: said('申込みの完了', 'Accepted'),
  parked: said('係の確認待ち', 'Waits for staff'),
  refused: said('受け付けられない', 'Refused'),
  'cannot-accept': said('今は受け付けられない', 'Cannot be taken now'),
  'about-sign-up': said('申込みの説明', 'About sign-up'),
  'no-catalogue': said('サービスの一覧がない', 'No list of services'),
  finder: said('サービスをさがす', 'Find a service'),
  service: said('サービスの説明', 'One service'),
  'pre-registration': said('先に登録がいるサービス', 'Registration with the service first'),
  'has-id': said('マイキーIDの有無', 'Has a My Key ID?'),
  'who-types': said('だれが入力するか', 'Who types'),
  entry: said('番号の入力', 'Number entry'),
  'hand-over': said('本人に画面を渡す', 'Hand over to the holder'),
  'signed-up': said('申込みの完了', 'Sign-up done'),
  'already-signed-up': said('申込み済み', 'Signed up before'),
  'not-set-up': said('予約がまだ', 'Not set up yet'),
  'terms-changed': said('規約が変わった', 'Terms changed'),
  'saved-for-later': said('次回のための紙', 'Saved for later'),
  'pending-find': said('受付番号の入力', 'Receipt number'),
  'pending-row': said('受付の状態', 'State of a receipt'),
  'pending-sure': said('取消しの確認', 'Cancel for sure?'),
  'pending-cancelled': said('取消しの結果', 'Cancelled'),
  status: said('申込み状況', 'Status'),
  'status-offline': said('状況が見られない', 'No status offline'),
  policies: said('自治体ポイントの一覧', 'Municipal points'),
  policy: said('自治体ポイントの説明', 'One municipal offer'),
  'policy-question': said('条件の質問', 'Question on conditions'),
  'policy-not-for-you': said('条件に合わない', 'Conditions not met'),
  'municipal-granted': said('自治体ポイントの完了', 'Municipal points done'),
  'about-application': said('交付申請の説明', 'About the application'),
  'no-form': said('申請書がない', 'No form'),
  'form-read': said('申請書の読み取り', 'Read the form'),
  'form-check': said('申請書番号の確認', "Check the form's number"),
  'form-moved': said('引っ越したか', 'Moved or renamed?'),
  'form-moved-advice': said('新しい申請書のすすめ', 'New form advised'),
  'contact-kind': said('連絡先の種類', 'Kind of contact'),
  'contact-entry': said('連絡先の入力', 'Contact entry'),
  'contact-none': said('連絡先なし', 'No contact'),
  certificates: said('電子証明書', 'Certificates'),
  braille: said('点字', 'Braille'),
  'photo-prepare': said('撮影の準備', 'Before the photo'),
  photo: said('撮影', 'Photo'),
  'photo-advice': said('写真の注意', 'Photo advice'),
  'photo-review': said('写真の確認', 'Look at the photo'),
  'application-read-back': said('申請内容の確認', 'Application read-back'),
  'form-again': said('申請書をもう一度', 'Form once more'),
  'other-form': said('別の申請書', 'Another form'),
  'application-accepted': said('交付申請の完了', 'Application done'),
  'application-status': said('交付申請の状況', 'State of an application'),
  'take-card': said('カードを取る', 'Take the card'),
  goodbye: said('終わり', 'End'),
  'out-of-order': said('停止中', 'Out of order'),
  closed: said('時間外', 'Closed'),
};

export const GAVE_UP: Readonly<Record<Exclude<ScreenOf<'goodbye'>['reason'], 'done'>, Said>> = {
  home: said('中止ボタン', 'Stop button'),
  timeout: said('時間切れ', 'Time-out'),
  removed: said('カードを取った', 'Card taken off'),
  staff: said('係が終了', 'Ended by staff'),
  reader: said('リーダーの故障', 'Reader fault'),
};

export const JOURNEY_NAMES: Readonly<Record<Journey, Said>> = {
  check: said('カードの確認', 'Card check'),
  'set-up': said('マイナポイントの予約', 'Set-up'),
  'sign-up': said('マイナポイントの申込み', 'Sign-up'),
  status: said('申込み状況', 'Status'),
  municipal: said('自治体ポイント', 'Municipal points'),
  pending: said('受付番号', 'Receipts'),
  'card-application': said('カードの交付申請', 'Card application'),
};

export const CATEGORY_NAMES: Readonly<Record<Category, Said>> = {
  'e-money': said('電子マネー', 'E-money'),
  qr: said('QRコード決済', 'QR payment'),
  credit: said('クレジットカード', 'Credit card'),
  debit: said('デビットカード', 'Debit card'),
  prepaid: said('プリペイドカード', 'Prepaid card'),
};

/** Codes of the tally's referrals; one that is not in here is shown as its code. */
export const REFERRAL_NAMES: Readonly<Record<string, Said>> = {
  'pin-locked': said('暗証番号がロック', 'PIN locked'),
  'pin-unusable': said('暗証番号が使えない', 'PIN cannot be used'),
  'certificate-expired': said('電子証明書の期限切れ', 'Certificate expired'),
  'certificate-revoked': said('電子証明書の失効', 'Certificate revoked'),
  'certificate-unknown': said('更新後でまだ使えない', 'Renewed too recently'),
  'certificate-invalid': said('電子証明書が確かめられない', 'Certificate not accepted'),
  'certificate-unreadable': said('電子証明書が読めない', 'Certificate unreadable'),
  'no-auth-certificate': said('利用者証明用電子証明書なし', 'No authentication certificate'),
  'pin-less-card': said('顔認証カード（暗証番号なし）', 'PIN-less card'),
  'not-my-number-card': said('別のカード', 'Another kind of card'),
  'juki-card': said('住基カード', 'Juki card'),
  phone: said('スマートフォン', 'Phone'),
  'newer-card': said('この端末より新しいカード', 'Newer kind of card'),
  'signature-mismatch': said('カードの署名が合わない', 'Signature does not fit'),
  'unexpected-status': said('カードの応答が不明', 'Unexpected answer of the card'),
};

/** Keys that stand for several counts together. */
export const TOGETHER: Readonly<Record<'all' | 'other' | 'unknown', Said>> = {
  all: said('合計', 'All'),
  other: said('その他（少ないものの合計）', 'Others (small ones together)'),
  unknown: said('不明', 'Unknown'),
};

export const FEW: Said = said('少数', 'few');

const ownEntry = (names: Readonly<Record<string, Said>>, key: string): Said | undefined =>
  Object.hasOwn(names, key) ? names[key] : undefined;

/** @param key of a category, a referral, a journey, or of several together; one that nobody has named is its own name */
export function nameOfKey(names: Readonly<Record<string, Said>>, key: string): Said {
  return ownEntry(names, key) ?? ownEntry(TOGETHER, key) ?? said(key, key);
}

/** @param key `step.reason`, or `other` */
export function nameOfAbandonment(key: string): { readonly step: Said; readonly reason: Said } {
  const [step = '', reason] = key.split('.');
  return { step: nameOfKey(STEP_NAMES, step), reason: reason === undefined ? said('', '') : nameOfKey(GAVE_UP, reason) };
}
