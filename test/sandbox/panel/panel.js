// The panel's page: plain script, no build.
const byId = (id) => document.getElementById(id);
const cards = byId('cards');
const line = byId('line');
let slips = -1;

async function send(command) {
  const answer = await fetch('/do', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(command),
  });
  const body = await answer.json();
  byId('say').textContent = answer.ok ? '' : `できません: ${body.error}`;
  if (answer.ok) show(body);
}

const make = (name, text = '') => {
  const node = document.createElement(name);
  node.textContent = text;
  return node;
};
const action = (text, command) => {
  const button = make('button', text);
  button.type = 'button';
  button.addEventListener('click', () => send(command));
  return button;
};

const USE_WORDS = { charge: '8,000円チャージ', purchase: '8,000円買い物' };

// Drawn once; what changes afterwards is the count and the word on the last button.
function showServices(list) {
  const place = byId('services');
  for (const { id, name, uses, accounts } of place.childElementCount === 0 ? list : []) {
    const box = make('details');
    box.dataset.service = id;
    box.append(make('summary', name));
    accounts.forEach(({ account, codes, qr }, n) => {
      const line = make('div');
      line.className = 'account';
      line.append(make('span', `${account} ／ ${codes.join(' ／ ')}`));
      if (qr !== null) {
        const picture = document.createElement('img');
        picture.alt = 'アプリの画面に出るコード';
        picture.src = `data:image/svg+xml,${encodeURIComponent(qr)}`;
        line.append(picture);
      }
      for (const use of uses) line.append(action(USE_WORDS[use], { do: use, service: id, account: n }));
      box.append(line);
    });
    const foot = make('div');
    foot.className = 'account';
    foot.append(make('span'), action('国へ報告する', { do: 'settle', service: id }));
    foot.append(action('今月分を国に請求する', { do: 'claim', service: id }), make('button'));
    foot.lastChild.type = 'button';
    foot.lastChild.addEventListener('click', (event) => send({ do: event.target.dataset.next, service: id }));
    box.append(foot);
    place.append(box);
  }
  list.forEach(({ waiting, away }, at) => {
    const foot = place.children[at].lastChild;
    foot.firstChild.textContent = `まだ報告していない: ${waiting}件`;
    foot.lastChild.textContent = away ? '番号の確認を再開する' : '番号の確認を止める';
    foot.lastChild.dataset.next = away ? 'back' : 'away';
  });
}

const groups = (form) => form.replace(/(.{4})(?=.)/g, '$1 ');
// Drawn again only when there are others: a QR that is being scanned must not blink.
function showForms(forms) {
  const place = byId('forms');
  const key = forms.map(({ form }) => form).join();
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  place.replaceChildren(
    ...forms.map(({ form, qr }) => {
      const box = make('details');
      box.dataset.form = form;
      box.append(make('summary', groups(form)));
      const picture = document.createElement('img');
      picture.alt = '申請書のQRコード';
      picture.src = `data:image/svg+xml,${encodeURIComponent(qr)}`;
      box.append(picture);
      return box;
    }),
  );
}

const STATES = [
  ['received', '届いた'],
  ['checking', '確認している'],
  ['making', '作っている'],
  ['sent', '市区町村へ送った'],
  ['returned', '写真のため戻した'],
];
function showApplications(applications) {
  const place = byId('applications');
  const key = JSON.stringify(applications);
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  place.replaceChildren(
    ...applications.map(({ receipt, terminal, application }) => {
      const line = make('div');
      line.className = 'account';
      line.dataset.receipt = receipt;
      line.append(make('span', `${receipt.slice(0, 3)}-${receipt.slice(3, 6)}-${receipt.slice(6)}`));
      for (const [state, words] of STATES) {
        const next = state === 'returned' ? { state, reasons: ['photo-background'] } : { state };
        const button = action(words, { do: 'move', view: { receipt, terminal, application: next } });
        button.setAttribute('aria-pressed', String(application.state === state));
        line.append(button);
      }
      return line;
    }),
  );
}

function showSlip() {
  if (slips <= 0) return;
  byId('slip').src = `/slip?mm=${byId('paper').value}&n=${slips}`;
  byId('slip').hidden = false;
}

function show(state) {
  if (cards.childElementCount === 0) {
    for (const { name, words, pin } of state.cards) {
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset.card = name;
      const label = document.createElement('span');
      label.textContent = words;
      const code = document.createElement('span');
      code.className = 'pin';
      code.textContent = pin === '' ? '' : `暗証番号 ${pin}`;
      button.append(label, code);
      button.addEventListener('click', () => send({ do: 'lay', card: name }));
      cards.append(button);
    }
  }
  for (const button of cards.children) button.setAttribute('aria-pressed', String(button.dataset.card === state.onReader));
  line.textContent = state.line ? '回線を切る' : '回線をつなぐ';
  line.dataset.up = String(state.line);
  byId('slips').textContent = `印刷した枚数: ${state.slips}`;
  if (state.slips !== slips) {
    slips = state.slips;
    showSlip();
  }
  showServices(state.services);
  showForms(state.forms);
  showApplications(state.applications);
  if (state.staff !== null) {
    byId('staff').hidden = false;
    byId('staff-link').href = state.staff;
  }
  if (byId('cases').childElementCount === 0) {
    const link = make('a', '申し込みの8つの段階を図で見る');
    link.href = state.cases;
    link.target = '_blank';
    link.rel = 'noreferrer';
    byId('cases').append(link);
  }
}

byId('pay').addEventListener('click', () => send({ do: 'pay' }));
byId('print-form').addEventListener('click', () => send({ do: 'print-form' }));
byId('take-off').addEventListener('click', () => send({ do: 'take-off' }));
line.addEventListener('click', () => send({ do: line.dataset.up === 'true' ? 'cut' : 'mend' }));
byId('paper').addEventListener('change', showSlip);
byId('take-exports').addEventListener('click', () => send({ do: 'take-exports' }));
byId('printer').addEventListener('change', (event) =>
  send({ do: 'printer', fail: event.target.value === '' ? null : event.target.value }),
);

const look = async () => show(await (await fetch('/state')).json());
look();
setInterval(look, 1000);
