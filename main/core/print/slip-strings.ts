import type { CardProblem } from '../../contract/card.ts';
import type { GrantOn } from '../../contract/catalogue.ts';
import type { RefusalCode } from '../../contract/platform.ts';
import type { CheckItem } from '../../contract/screens.ts';
import type { SubmissionKind } from '../../contract/submission.ts';
import { type ApplicationStrings, applicationEn, applicationJa } from './application-strings.ts';

/** Texts for paper. Short lines: 58 mm hold sixteen Japanese characters, eight of the large size. */
export interface SlipStrings {
  readonly receiptLabel: string;
  readonly terminalLabel: string;
  readonly dateLabel: string;
  readonly phone: string;
  readonly serviceLabel: string;
  readonly accountLabel: string;
  /** Set behind an amount. */
  readonly yen: string;
  readonly points: string;
  readonly received: {
    readonly title: Record<SubmissionKind, string>;
    readonly lines: readonly string[];
    readonly takeBack: string;
  };
  /** Where to learn what became of it. */
  readonly result: Record<SubmissionKind, string>;
  readonly parked: { readonly lines: readonly string[] };
  readonly issued: {
    readonly title: string;
    readonly already: string;
    readonly idLabel: string;
    readonly lines: readonly string[];
  };
  readonly signedUp: {
    readonly title: string;
    readonly on: Record<GrantOn, string>;
    readonly spend: string;
    readonly cap: string;
    readonly period: string;
    readonly lines: readonly string[];
  };
  readonly already: { readonly title: string; readonly lines: readonly string[] };
  readonly granted: { readonly title: string; readonly amount: string };
  readonly status: {
    readonly title: string;
    readonly none: string;
    readonly counted: string;
    readonly granted: string;
    readonly remaining: string;
    readonly pending: string;
    readonly refused: string;
    readonly lost: string;
  };
  readonly cancelled: { readonly title: string; readonly lines: readonly string[] };
  readonly tooLate: { readonly title: string; readonly lines: readonly string[] };
  readonly later: { readonly title: string; readonly lines: readonly string[] };
  readonly accepted: { readonly title: Record<SubmissionKind, string>; readonly arrived: string };
  readonly refused: { readonly title: Record<SubmissionKind, string>; readonly why: Record<RefusalCode, string> };
  readonly problem: { readonly title: string; readonly why: Record<CardProblem['code'], string> };
  readonly check: {
    readonly title: string;
    readonly triesLabel: string;
    readonly untilLabel: string;
    readonly items: Record<CheckItem, string>;
  };
  /** The way to the counter that renews (official-flows.md section 2.4; what to bring: as the municipalities ask for it). */
  readonly trip: {
    readonly title: string;
    readonly whenLabel: string;
    readonly over: string;
    readonly where: string;
    readonly bring: string;
    readonly things: readonly string[];
    readonly card: string;
    readonly cardToo: string;
    readonly stay: string;
    readonly calendar: string;
  };
  readonly application: ApplicationStrings;
}

const goOffice = 'お住まいの市区町村の窓口で、手続きをしてください。カードと本人確認書類を持って行ってください。';
/** official-flows.md section 2.5. */
const orShop =
  '署名用パスワード（6～16文字）がわかる方は、スマートフォンのアプリで申し込んでから24時間以内なら、コンビニなどの店の機械でも設定しなおせます。';
const again = 'もう一度、はじめからお手続きください。';
const nextVisit =
  '結果は、この端末にこのコードを読ませるか、受付番号を入れると、確認できます。次にこのカードでお越しのときにも、確認できます。';

export const ja: SlipStrings = {
  receiptLabel: '受付番号',
  terminalLabel: '端末',
  dateLabel: '日時',
  phone: 'お問い合わせ マイナンバー総合フリーダイヤル 0120-95-0178',
  serviceLabel: 'サービス',
  accountLabel: '番号（一部）',
  yen: '円',
  points: 'ポイント',
  received: {
    title: {
      'set-up': '受付票（マイナポイントの予約）',
      'sign-up': '受付票（マイナポイントの申し込み）',
      municipal: '受付票（自治体のポイント）',
      status: '受付票',
      'card-application': '受付票（マイナンバーカードの申請）',
    },
    lines: [
      'お申し込みを、この端末で受け付けました。まだ手続きは終わっていません。',
      '回線がつながりしだい、自動で送ります。もう一度のお申し込みはいりません。',
    ],
    takeBack: 'まだ送っていないうちは、この端末でこのコードを読ませるか、受付番号を入れると、取り消せます。',
  },
  result: {
    'set-up': nextVisit,
    'sign-up': nextVisit,
    municipal: nextVisit,
    status: nextVisit,
    'card-application': '申請がどうなったかは、あとで、この端末に受付番号を入れると確認できます。',
  },
  parked: {
    lines: [
      '送るときに問題がありました。お申し込みは、この端末に残っています。まだ手続きは終わっていません。',
      '係の人にこの紙を見せてください。',
    ],
  },
  issued: {
    title: 'マイナポイントの予約 完了',
    already: 'このカードでは、すでに予約がすんでいました。',
    idLabel: 'マイキーID（一部）',
    lines: ['マイキーIDの全部は、カードと暗証番号でいつでも確認できます。', 'ほかの人に教えないでください。'],
  },
  signedUp: {
    title: 'マイナポイントの申し込み 完了',
    on: { charge: 'チャージ（前払い）すると、ポイントがつきます。', purchase: 'お買い物をすると、ポイントがつきます。' },
    spend: '上限までのご利用額',
    cap: 'もらえる上限',
    period: '対象の期間',
    lines: ['申し込んだサービスは、変えられません。', '対象の期間に、チャージまたはお買い物をしてください。'],
  },
  already: {
    title: '申し込みはすんでいます',
    lines: ['えらべるサービスは、おひとりひとつです。今回は何も変わっていません。'],
  },
  granted: { title: '自治体のポイント 受付完了', amount: 'ポイント' },
  status: {
    title: 'マイナポイントの状況',
    none: 'サービスの申し込みは、まだです。',
    counted: '対象のご利用額',
    granted: 'ついたポイント',
    remaining: 'これからつく上限',
    pending: 'この端末で待っている受付番号',
    refused: '受け付けられなかった受付番号',
    lost: '失われた受付番号（もう一度お手続きください）',
  },
  cancelled: {
    title: '受付を取り消しました',
    lines: ['まだ送っていなかったので、取り消せました。', 'もう一度お申し込みいただけます。'],
  },
  tooLate: {
    title: '取り消せませんでした',
    lines: ['すでに送ったあとでした。お申し込みは、そのまま進みます。'],
  },
  later: {
    title: '次回のためのひかえ',
    lines: [
      'この紙に、お名前や番号は入っていません。',
      '次にお越しのとき、この紙のコードを読ませると、このサービスから始められます。',
      'お持ちいただくもの: マイナンバーカード、4けたの暗証番号、そして',
    ],
  },
  accepted: {
    title: {
      'set-up': 'マイナポイントの予約 受理',
      'sign-up': 'マイナポイントの申し込み 受理',
      municipal: '自治体のポイント 受理',
      status: '受理',
      'card-application': 'マイナンバーカードの申請 受理',
    },
    arrived: 'お申し込みは届きました。',
  },
  refused: {
    title: {
      'set-up': '予約できませんでした',
      'sign-up': '申し込みできませんでした',
      municipal: '申し込みできませんでした',
      status: '確認できませんでした',
      'card-application': '申請できませんでした',
    },
    why: {
      unreadable: again,
      'binding-mismatch': again,
      'signature-invalid': again,
      'certificate-invalid': goOffice,
      'certificate-expired': `電子証明書の期限が切れています。${goOffice}`,
      'certificate-revoked': `電子証明書が使えなくなっています。${goOffice}`,
      'challenge-unknown': again,
      'challenge-used': again,
      'challenge-expired': `受け付けてから時間がたちすぎました。${again}`,
      'terms-changed': `規約が新しくなりました。${again}`,
      'content-refused': again,
      'certificate-unknown': '電子証明書が新しいため、まだ確認できません。あさって以降に、もう一度お越しください。',
      'not-set-up': 'マイナポイントの予約（マイキーID）がまだです。予約といっしょに、もう一度お申し込みください。',
      'already-signed-up': 'すでに申し込みがすんでいます。えらべるサービスは、おひとりひとつです。',
      'account-in-use': 'この番号は、すでにほかの方の申し込みに使われています。番号を確かめてください。',
      'service-closed': 'このサービスの受付は終わりました。ほかのサービスをおえらびください。',
      'service-not-here': 'このサービスは、この端末では申し込めません。サービスのアプリなどでお申し込みください。',
      'account-refused': 'この番号は、サービスの会社で確認できませんでした。番号とコードを確かめてください。',
      'policy-closed': 'この自治体のポイントの受付は終わりました。',
      'policy-budget': 'この自治体のポイントは、予算の上限に達しました。',
      'not-eligible': 'この自治体のポイントの対象ではありませんでした。くわしくは自治体の窓口でおたずねください。',
      'already-granted': 'このポイントは、すでに受け取りずみです。',
      'not-signed-up': 'ポイントを受け取るサービスが決まっていません。先にマイナポイントの申し込みをしてください。',
      'form-unknown':
        'この申請書は確認できませんでした。お住まいの市区町村の窓口で、新しい申請書をもらってください。本人確認書類を持って行ってください。',
      'already-applied': 'この申請書では、すでに申請がすんでいます。もう一度の申請はいりません。',
      'photo-refused': 'この写真では申請できませんでした。写真をとりなおして、もう一度申請してください。',
    },
  },
  problem: {
    title: 'カードのご案内',
    why: {
      'not-my-number-card': 'このカードは、この手続きには使えません。マイナンバーカードをお持ちください。',
      'juki-card': '住民基本台帳カードは使えません。マイナンバーカードの申請をご案内しています。',
      phone: 'スマートフォンは、この端末では使えません。マイナンバーカードをお持ちください。',
      'no-auth-certificate': `カードに利用者証明用電子証明書が入っていません。${goOffice}`,
      'pin-less-card':
        '顔認証マイナンバーカードには暗証番号がないため、この手続きはできません。市区町村の窓口で暗証番号を設定できます。',
      'pin-wrong': '暗証番号が違いました。',
      'pin-locked': `暗証番号がロックされています。${goOffice}${orShop}`,
      'pin-unusable': `暗証番号が使えません。ロックされているか、設定されていません。${goOffice}${orShop}`,
      'newer-card': 'この端末がまだ使えない、新しいマイナンバーカードです。カードの故障ではありません。窓口でお手続きください。',
      'signature-mismatch': `カードの情報を確かめられませんでした。何も申し込まれていません。${goOffice}`,
      'certificate-expired': `電子証明書の期限が切れています。${goOffice}`,
      'certificate-unreadable': `電子証明書を読めませんでした。${goOffice}`,
      mute: 'カードの向きを確かめて、もう一度置いてください。',
      removed: 'カードが外れました。もう一度お手続きください。',
      'reader-failed': 'カードを読めませんでした。係員にお知らせください。',
      'reader-busy': 'カードリーダーが別の作業中です。係員にお知らせください。',
      'unexpected-status': 'カードから思わぬ返事がありました。係員にお知らせください。',
    },
  },
  check: {
    title: 'カードの確認',
    triesLabel: '暗証番号を入れられる回数',
    untilLabel: '電子証明書の有効期限',
    items: {
      'set-up-possible': '今日、マイナポイントの予約ができます。',
      'set-up-not-possible': '今日は、マイナポイントの予約ができません。',
      'renew-possible': '電子証明書の更新ができる時期です。市区町村の窓口で、無料です。',
      'renew-needed': `電子証明書の期限が切れています。${goOffice}`,
      'pin-reset-needed': `暗証番号が使えません。ロックされているか、設定されていません。${goOffice}${orShop}`,
      'pin-one-try': '暗証番号を入れられるのは、あと1回です。',
      'wait-after-renewal': '最近発行された電子証明書です。使えるようになるまで、1日ほどかかることがあります。',
      'moved-hint': '引っ越した方は、市区町村でカードの継続利用の届出をしてください。',
    },
  },
  trip: {
    title: '更新のご案内',
    whenLabel: '更新できる期間',
    over: '期限が切れています。いつでも更新できます。',
    where: 'お住まいの市区町村の、マイナンバーカードの窓口で更新します。電子証明書の更新は無料です。',
    bring: '持って行くもの',
    things: ['マイナンバーカード', '4けたの暗証番号と、6～16文字の署名用パスワード', '有効期限のお知らせ（届いている方）'],
    card: 'カードの表にある有効期限も、見てください。同じ日なら、カードも新しくします。写真を用意して、早めに申請してください。できるまで1か月くらいかかります。',
    cardToo:
      'カードの有効期限も、同じ日と思われます。カードの表を確かめ、写真を用意して、早めに新しいカードを申請してください。できるまで1か月くらいかかります。',
    stay: '在留期間に期限がある方は、在留期間を更新したあと、カードの期限が切れる前に、新しい在留カードも持って行ってください。',
    calendar: 'このコードをスマートフォンのカメラで写すと、予定をカレンダーに入れられます。お名前や番号は入っていません。',
  },
  application: applicationJa,
};

const orShopEn =
  ' If you know the signature password (6 to 16 characters), you can also apply with the phone app and set it again within 24 hours at a machine in some shops.';
const office = 'Please go to your city or town office with the card and an identity document.';
const once = 'Please start again from the beginning.';
const withCard =
  'You can see the result at this terminal with this code or the receipt number, and on your next visit with this card.';

export const en: SlipStrings = {
  receiptLabel: 'Receipt number',
  terminalLabel: 'Terminal',
  dateLabel: 'Date and time',
  phone: 'Questions: My Number free call 0120-95-0178',
  serviceLabel: 'Service',
  accountLabel: 'Account (part)',
  yen: ' yen',
  points: ' points',
  received: {
    title: {
      'set-up': 'Received (My Key ID set-up)',
      'sign-up': 'Received (Mynapoint sign-up)',
      municipal: 'Received (municipal points)',
      status: 'Received',
      'card-application': 'Received (card application)',
    },
    lines: [
      'This terminal has received your request. The procedure is not finished yet.',
      'It will be sent by itself when the line is back. You need not apply again.',
    ],
    takeBack: 'Until it has been sent you can take it back at this terminal, with this code or the receipt number.',
  },
  result: {
    'set-up': withCard,
    'sign-up': withCard,
    municipal: withCard,
    status: withCard,
    'card-application': 'Later you can see how it stands at this terminal, with the receipt number.',
  },
  parked: {
    lines: [
      'There was trouble when it was sent. Your application is safe on this terminal. Nothing is complete yet.',
      'Please show this slip to a member of staff.',
    ],
  },
  issued: {
    title: 'My Key ID is set',
    already: 'A My Key ID was already set with this card.',
    idLabel: 'My Key ID (part)',
    lines: ['You can see the whole ID at any time with your card and PIN.', 'Do not tell it to other people.'],
  },
  signedUp: {
    title: 'Signed up for Mynapoints',
    on: { charge: 'Points come when you put money on it.', purchase: 'Points come when you buy something with it.' },
    spend: 'To use for all points',
    cap: 'Most points',
    period: 'What counts',
    lines: ['The service cannot be changed any more.', 'Charge or buy within the time above.'],
  },
  already: {
    title: 'You have signed up already',
    lines: ['Everybody can choose one service. Nothing was changed today.'],
  },
  granted: { title: 'Municipal points: accepted', amount: 'Points' },
  status: {
    title: 'Your Mynapoints',
    none: 'You have not signed up with a service yet.',
    counted: 'Used so far, counts',
    granted: 'Points granted',
    remaining: 'Points still to come',
    pending: 'Waiting on this terminal',
    refused: 'Not accepted',
    lost: 'Lost, please do it again',
  },
  cancelled: {
    title: 'Taken back',
    lines: ['It had not been sent, so it could be taken back.', 'You can apply again.'],
  },
  tooLate: {
    title: 'Too late to take back',
    lines: ['It had been sent already. Your request goes on as it is.'],
  },
  later: {
    title: 'For another day',
    lines: [
      'This paper holds no name and no number of yours.',
      'Show its code at the terminal next time to begin with this service.',
      'Bring your My Number Card, its four-digit PIN, and',
    ],
  },
  accepted: {
    title: {
      'set-up': 'Request accepted',
      'sign-up': 'Sign-up accepted',
      municipal: 'Request accepted',
      status: 'Accepted',
      'card-application': 'Card application accepted',
    },
    arrived: 'Your request has arrived.',
  },
  refused: {
    title: {
      'set-up': 'My Key ID was not set',
      'sign-up': 'You were not signed up',
      municipal: 'Points were not granted',
      status: 'No answer',
      'card-application': 'The application was not accepted',
    },
    why: {
      unreadable: once,
      'binding-mismatch': once,
      'signature-invalid': once,
      'certificate-invalid': office,
      'certificate-expired': `The electronic certificate has expired. ${office}`,
      'certificate-revoked': `The electronic certificate can no longer be used. ${office}`,
      'challenge-unknown': once,
      'challenge-used': once,
      'challenge-expired': `Too much time passed after it was received. ${once}`,
      'terms-changed': `The terms have changed. ${once}`,
      'content-refused': once,
      'certificate-unknown':
        'Your certificate is so new that it cannot be checked yet. Please come again the day after tomorrow.',
      'not-set-up': 'There is no My Key ID yet. Please sign up again and have one made along.',
      'already-signed-up': 'You have signed up already. Everybody can choose one service.',
      'account-in-use': 'This account is used by another person. Please check the number.',
      'service-closed': 'Sign-up with this service is over. Please choose another one.',
      'service-not-here': 'This service cannot be chosen at this terminal. Please use the app of the service.',
      'account-refused': 'The service does not know this account. Please check the number and the codes.',
      'policy-closed': 'These municipal points are over.',
      'policy-budget': 'The budget for these municipal points is used up.',
      'not-eligible': 'These municipal points are not for you. Your city or town office can tell you more.',
      'already-granted': 'You have received these points already.',
      'not-signed-up': 'No service is chosen yet that the points could go to. Please sign up for Mynapoints first.',
      'form-unknown':
        'This application form is not known. Please get a new one at your city or town office; bring an identity document.',
      'already-applied': 'You have applied with this form already. You need not apply again.',
      'photo-refused': 'This photo cannot be used. Please apply again with a new photo.',
    },
  },
  problem: {
    title: 'About your card',
    why: {
      'not-my-number-card': 'This card cannot be used here. Please bring your My Number Card.',
      'juki-card': 'The old Basic Resident Register card cannot be used. You can apply for a My Number Card.',
      phone: 'A phone cannot be used at this terminal. Please bring your My Number Card.',
      'no-auth-certificate': `The card holds no certificate for user authentication. ${office}`,
      'pin-less-card':
        'A face-authentication My Number Card has no PIN and cannot be used here. Your city or town office can set a PIN.',
      'pin-wrong': 'The PIN was wrong.',
      'pin-locked': `The PIN is locked. ${office}${orShopEn}`,
      'pin-unusable': `The PIN cannot be used: it is locked, or was never set. ${office}${orShopEn}`,
      'newer-card':
        'This is a newer My Number Card than this terminal can use yet. Nothing is broken. Please ask at the counter.',
      'signature-mismatch': `What the card sent could not be confirmed. Nothing was accepted. ${office}`,
      'certificate-expired': `The electronic certificate has expired. ${office}`,
      'certificate-unreadable': `The electronic certificate could not be read. ${office}`,
      mute: 'Check which way the card lies and put it on again.',
      removed: 'The card was taken off. Please start again.',
      'reader-failed': 'The card could not be read. Please tell a member of staff.',
      'reader-busy': 'The card reader is in use by another program. Please tell a member of staff.',
      'unexpected-status': 'The card gave an unexpected answer. Please tell a member of staff.',
    },
  },
  check: {
    title: 'Card check',
    triesLabel: 'PIN tries left',
    untilLabel: 'Certificate valid until',
    items: {
      'set-up-possible': 'You can set a My Key ID today.',
      'set-up-not-possible': 'You cannot set a My Key ID today.',
      'renew-possible': 'You can renew the certificate now, free of charge, at your city or town office.',
      'renew-needed': `The electronic certificate has expired. ${office}`,
      'pin-reset-needed': `The PIN cannot be used: it is locked, or was never set. ${office}${orShopEn}`,
      'pin-one-try': 'One PIN try is left.',
      'wait-after-renewal': 'The certificate is new. It may take about a day before it can be used.',
      'moved-hint': 'If you have moved, ask your new city or town office to continue the use of the card.',
    },
  },
  trip: {
    title: 'To renew it',
    whenLabel: 'It can be renewed',
    over: 'It has expired. It can be renewed at any time.',
    where: 'Go to the My Number Card counter of your city or town office. Renewing the certificate is free of charge.',
    bring: 'What to bring',
    things: [
      'the My Number Card',
      'its four-digit PIN and its signature password (6 to 16 characters)',
      'the notice of expiry, if you have one',
    ],
    card: 'Look also at the date of expiry on the front of the card. If it is the same day, the card is renewed too: have a photo ready and apply early, it takes about a month.',
    cardToo:
      'The card itself seems to end on the same day. Check its front, have a photo ready and apply for a new one early: it takes about a month.',
    stay: 'If your period of stay is limited: extend it first, and go before the card expires, with the new residence card.',
    calendar: 'Show this code to the camera of your phone to put the day into its calendar. It holds no name and no number.',
  },
  application: applicationEn,
};
