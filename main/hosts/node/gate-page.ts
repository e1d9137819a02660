/** What a browser without the cookie gets at `/`, and every browser at `/enter`: it holds nothing of the kiosk. */
export const GATE_HTML = `<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<title>Madoguchi</title>
<script src="/gate.js"></script>
<noscript>JavaScript</noscript>
<p id="message"></p>
</html>
`;

/**
 * Trades the token for the cookie and the page's half, and goes to the page. A token that was spent is no loss to the tab that spent it: it
 * has the half. At `/` it got here because its cookie is no good, so there it does not go round again.
 */
export const GATE_SCRIPT = `'use strict';
(async () => {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  const again = location.pathname === '/enter' && sessionStorage.getItem('madoguchi-half') !== null;
  history.replaceState(null, '', location.pathname);
  const answer = token ? await fetch('/enter', { method: 'POST', body: token }).catch(() => null) : null;
  if (answer !== null && answer.status === 200) sessionStorage.setItem('madoguchi-half', await answer.text());
  if ((answer !== null && answer.status === 200) || again) {
    location.replace('/');
    return;
  }
  document.getElementById('message').textContent =
    'この画面は、キオスクが表示した専用のアドレスから、一度だけ開けます。 / This page opens only from the address that the kiosk printed, and once.';
})();
`;
