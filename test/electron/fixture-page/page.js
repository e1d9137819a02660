// The least that counts as a page: greets, shows the step, tells what it has painted, sends a press.
const bridge = window.madoguchi;
const main = document.querySelector('main');
let step = 0;

globalThis.violations = [];
document.addEventListener('securitypolicyviolation', (event) => globalThis.violations.push(event.effectiveDirective));

bridge.onMessage((text) => {
  const message = JSON.parse(text);
  if (message.type !== 'snapshot') return;
  step = message.snapshot.step;
  const { name, reason, digits, triesLeft } = message.snapshot.screen;
  main.textContent = [name, reason, digits, triesLeft].filter((part) => part !== undefined).join(' ');
  document.body.dataset.step = String(step);
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (main.isConnected) bridge.send(JSON.stringify({ type: 'painted', step }));
    }),
  );
});
bridge.onState((state) => {
  if (state === 'open') bridge.send('{"type":"hello","v":1}');
});
document.querySelector('#start').addEventListener('click', () => {
  bridge.send(JSON.stringify({ type: 'intent', intent: { type: 'press', step, button: 'start' } }));
});
