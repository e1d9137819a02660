import './connection/zod-without-eval.ts';
import './styles/index.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Intent } from '../main/contract/page-protocol.ts';
import { App } from './app.tsx';
import { openBridge } from './connection/bridge.ts';
import { connect } from './connection/connect.ts';
import { createPageHeartbeat } from './connection/heartbeat.ts';
import { loadAnew, takePageStart } from './connection/page-half.ts';
import { createPhotos } from './connection/photos.ts';
import { createViewStore } from './connection/store.ts';
import { openWebSocket } from './connection/websocket-channel.ts';

/** Wait before a page that could not be drawn loads itself again, ms. */
const RELOAD_AFTER = 2000;
/** So long the screen before stays, ms: a browser keeps it until a new document draws something, and "starting" would flash. */
const FIRST_SNAPSHOT = 400;

const store = createViewStore();
const bridge = window.madoguchi;
const start = bridge === undefined ? takePageStart() : null;
/** A touch on the screen that this document brought along, made before its connection was there; good for that very screen. */
let early: Intent | null = null;
let heard = false;
const intend = (intent: Intent) => {
  if (!heard && start !== null && start.first !== null) early = intent;
  else connection.intend(intent);
};
const shots = createPhotos((message) => connection.photo(message));
const connection = connect({
  open: bridge === undefined ? openWebSocket(location.host, start?.half ?? '', loadAnew) : openBridge(bridge),
  timers: { setTimeout: (run, ms) => setTimeout(run, ms), clearTimeout: (handle) => clearTimeout(handle as number) },
  random: Math.random,
  onSnapshot(snapshot) {
    // What the new screen does not show is gone before it is drawn.
    shots.follow(snapshot.screen);
    store.show(snapshot);
    if (start !== null) draw();
    if (early !== null && snapshot.step === start?.first?.step) connection.intend(early);
    early = null;
    heard = true;
  },
  onPhoto: shots.receive,
  onAway() {
    shots.forget();
    store.away();
  },
});

const painted = createPageHeartbeat({
  requestFrame: (run) => requestAnimationFrame(run),
  shownStep: () => {
    const step = document.querySelector('main')?.dataset['step'];
    return step === undefined || !store.get().connected ? null : Number(step);
  },
  tell: connection.painted,
});

const place = document.getElementById('page');
if (place === null) throw new Error('no place for the page');
const root = createRoot(place, {
  // Nothing is drawn any more then. A new page starts at the core's present step; the watchdog does the same from outside.
  onUncaughtError: () => setTimeout(() => location.reload(), RELOAD_AFTER),
});
let drawn = false;
function draw(): void {
  if (drawn) return;
  drawn = true;
  root.render(<App store={store} intend={intend} report={connection.camera} shots={shots} onDrawn={painted} />);
}
if (start === null) draw();
else if (start.first === null) setTimeout(draw, FIRST_SNAPSHOT);
else {
  store.show(start.first);
  // At once: a frame without it would flash.
  flushSync(draw);
}

// A long press must not open a menu, and nothing on a kiosk is dragged.
for (const name of ['contextmenu', 'dragstart'] as const) window.addEventListener(name, (event) => event.preventDefault());
