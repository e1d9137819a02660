import type { ApplicationState, ReturnReason } from '../../contract/application.ts';

/** What the slips of a card application say (official-flows.md sections 5.1 and 5.3). */
export interface ApplicationStrings {
  readonly accepted: {
    readonly title: string;
    /** The platform did not say how long. */
    readonly soon: string;
    readonly weeks: (weeks: number) => string;
    readonly lines: readonly string[];
    readonly look: string;
  };
  readonly status: {
    readonly title: string;
    readonly states: Record<ApplicationState['state'], string>;
    readonly why: Record<ReturnReason, string>;
  };
  readonly noForm: { readonly title: string; readonly lines: readonly string[] };
  readonly moved: { readonly title: string; readonly lines: readonly string[] };
}

export const applicationJa: ApplicationStrings = {
  accepted: {
    title: 'マイナンバーカードの申請 受理',
    soon: '申請は届きました。カードができるまで、1か月以上かかることがあります。',
    weeks: (weeks) => `申請は届きました。カードができるまで、およそ${weeks}週間です。`,
    lines: [
      'カードができると、お住まいの市区町村から、はがき（交付通知書）が届きます。',
      '届いたら、はがきと本人確認書類を持って、カードを受け取りに行ってください。',
    ],
    look: '申請がどうなったかは、この端末でこのコードを読ませるか、受付番号を入れると確認できます。',
  },
  status: {
    title: 'マイナンバーカードの申請の状況',
    states: {
      received: '申請は届いています。これから確認します。',
      checking: '申請の内容と写真を確認しています。',
      making: 'カードを作っています。',
      sent: 'カードは市区町村へ送りました。はがき（交付通知書）が届いたら、受け取りに行ってください。',
      returned: '申請は戻されました。もう一度、申請してください。わけは次のとおりです。',
    },
    why: {
      'photo-face': '写真の顔の向きや大きさが合いませんでした。',
      'photo-background': '写真の背景が無地ではありませんでした。',
      'photo-quality': '写真がはっきりしていませんでした。',
      'form-void': 'この申請書は使えません。お住まいの市区町村の窓口で、新しい申請書をもらってください。',
      'ask-office': 'お住まいの市区町村の窓口でおたずねください。',
    },
  },
  noForm: {
    title: '申請書のもらい方',
    lines: [
      '申請書（個人番号カード交付申請書）は、お住まいの市区町村の窓口でもらえます。本人確認書類を持って行ってください。',
      '電話でたのむと、郵便で送ってくれるところもあります。市区町村におたずねください。',
      '申請書には、QRコードと、23けたの申請書IDが書いてあります。この端末では、それを読みとります。',
      '写真は、この端末でとれます。お金はかかりません。',
    ],
  },
  moved: {
    title: '新しい申請書をおすすめします',
    lines: [
      '申請書ができたあとに、引っ越しをした方、お名前が変わった方へのご案内です。',
      '古い申請書では、受け付けられないことや、前の住所やお名前でカードができることがあります。',
      '新しい申請書は、お住まいの市区町村の窓口でもらえます。本人確認書類を持って行ってください。',
    ],
  },
};

export const applicationEn: ApplicationStrings = {
  accepted: {
    title: 'Card application accepted',
    soon: 'Your application has arrived. Making the card can take more than a month.',
    weeks: (weeks) => `Your application has arrived. Making the card takes about ${weeks} ${weeks === 1 ? 'week' : 'weeks'}.`,
    lines: [
      'When the card is ready, your city or town office sends you a postcard.',
      'Then fetch the card there with the postcard and an identity document.',
    ],
    look: 'You can see how it stands at this terminal, with this code or the receipt number.',
  },
  status: {
    title: 'Your card application',
    states: {
      received: 'The application has arrived. It will be checked next.',
      checking: 'The application and the photo are being checked.',
      making: 'The card is being made.',
      sent: 'The card is on its way to your city or town office. Fetch it there when the postcard has come.',
      returned: 'The application came back. Please apply again. The reason:',
    },
    why: {
      'photo-face': 'The face in the photo is turned, or too large or too small.',
      'photo-background': 'The background of the photo is not plain.',
      'photo-quality': 'The photo is not clear.',
      'form-void': 'This form cannot be used. Please get a new one at your city or town office.',
      'ask-office': 'Please ask at your city or town office.',
    },
  },
  noForm: {
    title: 'How to get a form',
    lines: [
      'Your city or town office gives you the form (Application for an Individual Number Card). Bring an identity document.',
      'Some offices send it by post when you call them.',
      'The form has a QR code and an ID of 23 digits. This terminal reads it.',
      'The photo can be taken here. It costs nothing.',
    ],
  },
  moved: {
    title: 'A new form is better',
    lines: [
      'This is for people who have moved or changed their name since the form was printed.',
      'An old form may be turned down, or the card may be made with the old address or name.',
      'Your city or town office gives you a new form. Bring an identity document.',
    ],
  },
};
