/** What a browser without the cookie gets at `/`: it holds nothing of the kiosk. */
export const GATE_HTML = `<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<title>Madoguchi</title>
<script src="/gate.js" defer></script>
<noscript>JavaScript</noscript>
<p id="message"></p>
</html>
`;

/**
 * Trades the token for the cookie, then loads the same address again. `location.reload` keeps the fragment, which the page needs for its
 * WebSocket. The mark in sessionStorage ends the loop in a browser that keeps no cookies.
 */
export const GATE_SCRIPT = `'use strict';
(async () => {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? sessionStorage.getItem('madoguchi-token');
  const again = sessionStorage.getItem('madoguchi-gate');
  if (token && again !== token) {
    sessionStorage.setItem('madoguchi-gate', token);
    const answer = await fetch('/enter', { method: 'POST', body: token });
    if (answer.status === 204) {
      location.reload();
      return;
    }
  }
  sessionStorage.removeItem('madoguchi-gate');
  document.getElementById('message').textContent =
    'この画面は、キオスクが表示した専用のアドレスからだけ開けます。 / This page opens only from the address that the kiosk printed.';
})();
`;
