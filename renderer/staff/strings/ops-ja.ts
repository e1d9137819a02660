import type { OpsWords } from './ops-words.ts';

export const opsJa: OpsWords = {
  health: {
    state: { good: '正常', warning: '注意', bad: '異常', unknown: '不明' },
    noAnswer: ['時間内に答えがありません。', '少し待って、調べ直してください。'],
    failed: ['調べられませんでした。', '保守の担当者に番号を知らせてください。'],
    allGood: 'すべて正常です。',
    look: (numbers) => `確かめてください：${numbers}番`,
    again: '調べ直す',
    saveText: '電話で伝えるために保存',
    saveJson: 'すべて保存（JSON）',
  },
  queue: {
    line: { online: '回線はつながっています', offline: '回線は切れています' },
    counts: {
      pending: '送信待ち',
      sending: '送信中',
      accepted: '受理',
      refused: '不受理',
      parked: '保留',
      cancelled: '取り消し',
      lost: '失われたもの',
    },
    oldest: 'いちばん古い送信待ち：',
    nothingWaits: '送信待ちはありません',
    nextAttempt: '次に送る時刻：',
    challenges: '回線なしで受付できる数',
    age: (seconds) =>
      seconds < 60
        ? `${seconds}秒前`
        : seconds < 3600
          ? `${Math.floor(seconds / 60)}分前`
          : seconds < 86_400
            ? `${Math.floor(seconds / 3600)}時間前`
            : `${Math.floor(seconds / 86_400)}日前`,
    retry: 'いま送ってみる',
    retried: '送っています。少し待って、読み直してください。',
    answers: '最近の答え',
    noAnswers: 'まだ答えはありません。',
    answer: {
      accepted: '受理',
      conflict: '同じ番号で中身が違う',
      'too-many-attempts': '何度送っても決まらない',
      http: '受け取れない形',
    },
    parked: '保留の手続き',
    noParked: '保留はありません。',
    receipt: '受付番号',
    kind: '手続き',
    since: '受付',
    attempts: 'やり直し',
    reason: '理由',
    release: '送り直す',
    releaseSure: 'この手続きを、もう一度プラットフォームに送りますか。',
    released: '送信待ちに戻しました。',
    deadLine: '回線が直らないとき',
    deadLineText:
      '送信待ちと保留の手続きを、封をしたままUSBメモリーに書き出せます。プラットフォームの担当者に渡し、返事の入ったUSBメモリーをここで取り込みます。手続きは、取り込むまでここに残ります。',
    noMedia: 'USBメモリーを差して、読み直してください。',
    medium: 'USBメモリー',
    export: '書き出す',
    exportSure: '書き出すと、送信待ちの手続きは、本人の紙からも取り消せなくなります。書き出しますか。',
    exported: (rows, file) => `${rows}件を書き出しました（${file}）。取り外してかまいません。`,
    nothingToExport: '送信待ちも保留もないので、書き出すものはありません。',
    import: '返事を取り込む',
    imported: (settled, again, unknown) =>
      `${settled}件が決まりました。${again === 0 ? '' : `前に決まっていたもの${again}件。`}${unknown === 0 ? '' : `ここにないもの${unknown}件。`}`,
    badFile: 'このキオスクへの返事が見つからないか、書き換えられています。何も変えていません。',
  },
  settings: {
    profile: 'プロファイル',
    profileText: '置き場所に合わせた設定の組です。選ぶと、次に起動したときも同じです。',
    change: (name) => `「${name}」にする`,
    changeSure: (name) => `「${name}」にして、キオスクを起動し直しますか。`,
    refused: 'このプロファイルでは起動できません。何も変えていません。',
    restarting: 'キオスクを起動し直しています。少し待ってください。',
    device: '端末の登録',
    identity: {
      settings: '設定ファイルの証明書を使っています（platform.tls）。',
      enrolled: '登録した証明書を使っています。',
      none: '証明書がありません。',
    },
    days: (days) => (days < 0 ? '期限が切れています。' : `あと${days}日使えます。`),
    enrolText:
      'プラットフォームの担当者から受け取った、1回だけ使えるコードを入れてください。鍵はこのキオスクで作り、外に出しません。',
    code: '登録コード',
    codeForm: '4文字ずつ、3組から5組です。',
    enrol: '登録する',
    fromFile: '設定ファイルの証明書が先に使われるので、ここでは登録できません。',
    codeRefused: 'コードが違うか、使い終わったか、期限が切れています。新しいコードをもらってください。登録は前のままです。',
    platformAway: 'プラットフォームにつながらないか、いまは登録を受け付けていません。登録は前のままです。',
    all: 'すべての設定',
    find: '名前でさがす',
    key: '名前',
    value: '値',
    from: 'どこから',
    none: '当てはまる設定はありません。',
  },
  sure: { yes: 'はい', no: 'やめる' },
};
