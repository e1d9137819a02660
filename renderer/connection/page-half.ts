import { Snapshot } from '../../main/contract/page-protocol.ts';

/** Where the gate page of the node host (main/hosts/node/gate-page.ts) puts this tab's half of the way in: no other tab reads it. */
const PAGE_HALF = 'madoguchi-half';

/** Wait before the host is asked again whether it is there, ms. */
const ASK_AGAIN = 500;

/** What a document of the node host begins with. */
export interface PageStart {
  /** Opens the connection, with the cookie; empty: nothing does. */
  readonly half: string;
  /** The screen that is up, so that it need not be waited for. */
  readonly first: Snapshot | null;
}

/**
 * A document that follows on an ended visit brings its start along (main/hosts/node/anew.ts), and forgets first what belongs to the tab and not to
 * the origin's storage.
 */
export function takePageStart(): PageStart {
  const half = takeMeta('half');
  const first = takeMeta('snapshot');
  if (half === null || first === null) return { half: sessionStorage.getItem(PAGE_HALF) ?? '', first: null };
  window.name = '';
  sessionStorage.clear();
  localStorage.clear();
  const keep = () => sessionStorage.setItem(PAGE_HALF, half);
  keep();
  // Once more: the document before wrote on until its very end.
  void fetch('/clear', { method: 'HEAD' })
    .catch(() => {})
    .finally(keep);
  history.replaceState(null, '', '/');
  // A browser takes text for the clipboard only after a touch.
  addEventListener('pointerup', clearClipboard, { once: true, capture: true });
  return { half, first: Snapshot.parse(JSON.parse(first)) };
}

function takeMeta(name: string): string | null {
  const found = document.querySelector<HTMLMetaElement>(`meta[name="madoguchi-${name}"]`);
  found?.remove();
  return found?.content ?? null;
}

/** Leaves for the next document. Not before the host answers: a browser that gets no answer shows its own page, and stays there. */
export function loadAnew(ticket: string): void {
  document.documentElement.dataset['leaving'] = '';
  clearClipboard();
  fetch('/', { method: 'HEAD' }).then(
    () => location.replace(`/anew?${ticket}`),
    () => setTimeout(() => loadAnew(ticket), ASK_AGAIN),
  );
}

/** Where the browser lets us: with a touch a moment ago. */
function clearClipboard(): void {
  navigator.clipboard?.writeText('').catch(() => {});
}
