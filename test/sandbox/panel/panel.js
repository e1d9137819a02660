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
  if (state.slips !== slips && state.slips > 0) {
    byId('slip').src = `/slip?${state.slips}`;
    byId('slip').hidden = false;
  }
  slips = state.slips;
}

byId('take-off').addEventListener('click', () => send({ do: 'take-off' }));
line.addEventListener('click', () => send({ do: line.dataset.up === 'true' ? 'cut' : 'mend' }));
byId('printer').addEventListener('change', (event) =>
  send({ do: 'printer', fail: event.target.value === '' ? null : event.target.value }),
);

const look = async () => show(await (await fetch('/state')).json());
look();
setInterval(look, 1000);
