import type { HealthWords } from './ops-words.ts';

const NOT_USED = '体験用のリーダーなので、使っていません。';
const UNKNOWN_HERE = 'この機械では調べられません。';

export const healthJa: HealthWords = {
  reader: {
    name: 'カードリーダー',
    findings: {
      there: ['{count}台あります（{names}）。'],
      none: ['ありません。', 'USBケーブルを抜いて、差し直してください。設定の reader.names に合うリーダーか、確かめてください。'],
      'no-service': ['カードのサービスが動いていないので、わかりません。', '4番を先に直してください。'],
      'strange-slot': [
        '{count}台あります（{names}）。使われない差し込み口に、市民のカードではないものが入っています（{slots}）。受付はできます。',
        'カードを置くリーダーの名前を、設定の reader.names に書いてください。',
      ],
    },
  },
  'card-contact': {
    name: 'カードの読み取り',
    findings: {
      probed: ['置いてあるカードを読めました。暗証番号の残りは{triesLeft}回です。'],
      read: ['最後のカードは{minutes}分前に読めました。起動してから{reads}枚読みました。'],
      problem: [
        '{minutes}分前のカードを読めませんでした（{problem}）。',
        '読み取り口をふいて、カードを1枚置き、調べ直してください。',
      ],
      'none-yet': ['起動してから、まだカードを読んでいません。', 'カードを1枚置いて、調べ直してください。暗証番号は使いません。'],
      mute: ['カードが答えません。', '向きを変え、ケースから出して、1枚だけ置いてください。'],
      'other-card': ['マイナンバーカードではないカードが置いてあります。', 'マイナンバーカードを置いて、調べ直してください。'],
      'card-fault': [
        '置いてあるカードを読めません（{problem}）。',
        '別のカードで調べ直してください。同じなら、リーダーを替えてください。',
      ],
    },
  },
  addon: {
    name: 'リーダーにつなぐ部品',
    findings: {
      loads: ['読み込めます（Node-API {napi}、{kib} KB）。'],
      missing: ['ファイルがありません。', 'パッケージを入れ直してください。'],
      'not-node-api': ['この製品の部品ではありません。', 'パッケージを入れ直してください。'],
      'does-not-load': ['読み込めません。', 'libpcsclite1 が入っているか、確かめてください。'],
      'not-used': [NOT_USED],
    },
  },
  pcscd: {
    name: 'カードのサービス（pcscd）',
    findings: {
      up: ['動いています。'],
      down: ['止まっています。', '「systemctl restart pcscd.socket」を実行してください。'],
      silent: ['動いていますが、答えません。', '「systemctl restart pcscd」を実行してください。'],
      starting: ['まだ返事がありません。', '少し待って、調べ直してください。'],
      'not-used': [NOT_USED],
    },
  },
  polkit: {
    name: 'サービスを使う許可',
    findings: {
      allowed: ['使えます。'],
      'no-service': ['サービスが動いていないので、わかりません。', '4番を先に直してください。'],
      'socket-denied': [
        'サービスの入り口を開けません。',
        '利用者 madoguchi-core を、グループ madoguchi-reader に入れてください。',
      ],
      refused: ['サービスに断られました。', 'polkit の規則（50-madoguchi-pcscd.rules）を入れてください。'],
      'card-refused': ['カードを使う許可がありません。', 'polkit の規則（50-madoguchi-pcscd.rules）を入れてください。'],
      'cannot-tell': [UNKNOWN_HERE],
      'not-used': [NOT_USED],
    },
  },
  database: {
    name: '受け付けた手続きの保管',
    findings: {
      whole: ['壊れていません。送信待ち{waiting}件、保留{parked}件です。'],
      checking: ['いま調べています。', '少し待って、調べ直してください。'],
      'put-off': [
        '検査の途中で止まったため、検査を見合わせています。',
        '数時間後に自動で始まります。「送信」から始めることもできます。',
      ],
      noticed: [
        '保管の控えに異常が見つかりました（{noticed}回）。受付は続いています。',
        '「送信」で内容と受付番号を見てください。',
      ],
      'set-aside': [
        '壊れていません。前に壊れたファイルが{files}個、別に取ってあります。',
        '消さずに、「送信」で中の手続きを戻せるか確かめてください。',
      ],
      damaged: [
        '壊れています（{wrong}件）。',
        '電源を切らず、保守の担当者に知らせてください。「送信」で書き出せるか試してください。',
      ],
      unreadable: ['読めません。', 'ディスクを確かめて、キオスクを起動し直してください。'],
      none: ['開けないので、受付を止めています。', 'ディスクの空きと、書き込みの許可を確かめてください。'],
    },
  },
  disk: {
    name: 'ディスクの空き',
    findings: {
      room: ['{freeMb} MB あります（必要な空きは {leastMb} MB）。'],
      low: ['少なくなりました。{freeMb} MB です（必要な空きは {leastMb} MB）。', '要らないファイルを片付けてください。'],
      full: ['足りません。{freeMb} MB です（必要な空きは {leastMb} MB）。', '片付けるまで、新しい受付はできません。'],
      unreadable: ['調べられません。', 'ディスクがつながっているか、確かめてください。'],
    },
  },
  clock: {
    name: '時計',
    findings: {
      right: ['合っています（差は{seconds}秒）。'],
      off: ['{seconds}秒ずれています。', '時刻合わせ（NTP）を確かめてください。'],
      'far-off': ['{seconds}秒ずれています。このままでは、手続きが断られることがあります。', 'すぐに時刻を合わせてください。'],
      'platform-away': ['プラットフォームにつながらないので、わかりません。', '9番を先に直してください。'],
    },
  },
  platform: {
    name: 'プラットフォーム',
    findings: {
      answers: ['{ms}ミリ秒で答えました。'],
      slow: ['答えるのに{ms}ミリ秒かかりました。', '回線が混んでいないか、確かめてください。'],
      maintenance: ['メンテナンス中です。', '終わるまで待ってください。受付は続けられます。'],
      busy: ['混んでいます（{status}）。', '待ってください。受付は続けられます。'],
      away: ['つながりません。', 'LANケーブルとルーターを確かめてください。受付は続けられます。'],
      refused: ['このキオスクを受け付けません（{status}）。', '10番を確かめて、「設定」で端末を登録してください。'],
      garbage: ['答えを読めません。', '途中の機器（プロキシーなど）を確かめてください。'],
    },
  },
  'device-certificate': {
    name: '端末の証明書',
    findings: {
      good: ['あと{days}日使えます。'],
      'ends-soon': ['あと{days}日で切れます。', '「設定」で端末を登録し直してください。'],
      ended: ['切れています。', '「設定」で端末を登録し直してください。'],
      'not-yet': ['まだ使えない日付です。', '8番の時計を確かめてください。'],
      unreadable: ['読めません。', '設定の platform.tls のファイルを確かめてください。'],
      none: ['ありません。', '「設定」で端末を登録してください。'],
      'not-needed': ['体験用なので、要りません。'],
    },
  },
  printer: {
    name: 'プリンター',
    findings: {
      ready: ['印刷できます。'],
      'not-used': ['使わない設定です。'],
      'paper-low': ['印刷できます。用紙が残り少なくなりました。', '新しい用紙を用意してください。'],
      'no-printer': ['ありません。', 'ケーブルと、設定の printer を確かめてください。'],
      offline: ['つながりません。', '電源とケーブルを確かめてください。'],
      'paper-out': ['用紙がありません。', '用紙を入れてください。'],
      'cover-open': ['ふたが開いています。', 'ふたを閉めてください。'],
      refused: ['印刷を受け付けません。', '電源を入れ直してください。'],
      'line-not-set-up': [
        'シリアル回線を設定できません。',
        '設定の printer.device、printer.baud、flow、parity、stopBits（回線により使えない値があります）と、機器を使う権限を確かめてください。',
      ],
    },
  },
  camera: {
    name: 'カメラ',
    findings: {
      there: ['つながっています（入り口 {count}）：{names}'],
      none: ['ありません。', 'USBケーブルを確かめてください。カードの申請に使います。'],
      'cannot-tell': [UNKNOWN_HERE],
    },
  },
  audio: {
    name: '音声',
    findings: {
      there: ['出せます（{names}）。'],
      none: ['出せません。', 'スピーカーをつないでください。音声案内に使います。'],
      'cannot-tell': [UNKNOWN_HERE],
    },
  },
  versions: {
    name: 'バージョン',
    findings: {
      listed: ['次のとおりです。'],
      'other-node': ['Node が試験した版（{pinned}）ではありません。', 'パッケージを入れ直してください。'],
    },
  },
  scanner: {
    name: 'コードリーダー',
    findings: {
      there: ['つながっています。'],
      missing: ['設定にあるコードリーダーがありません。', 'ケーブルがささっているか見てください。'],
      denied: [
        'つながっていますが、読む許可がありません。',
        '70-madoguchi-scanner.rules と 50-usb-scanner.conf を入れて、さし直してください。',
      ],
      'not-used': ['設定にありません。キーボードとして動くものは、そのまま使えます。'],
    },
  },
  journeys: {
    name: '手続きの種類',
    findings: {
      all: ['設定にある手続きを、すべて出しています。'],
      'left-out': ['{list}', '足りないものをつなぐか、設定の journeys から外してください。'],
    },
  },
};
