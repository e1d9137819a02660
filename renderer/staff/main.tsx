import '../port/zod-without-eval.ts';
import './styles/staff.css';
import { createRoot } from 'react-dom/client';
import { openStaffWebSocket } from '../port/websocket-channel.ts';
import { StaffApp } from './app.tsx';
import { connectStaff } from './port/connect.ts';
import { takeKey } from './port/key.ts';
import { createStaffStore } from './port/store.ts';

/** The address of another key, put into the same tab, is another device: begin anew with it. */
addEventListener('hashchange', () => {
  if (location.hash.includes('key=')) location.reload();
});

const key = takeKey({
  hash: location.hash,
  storage: sessionStorage,
  clearHash: () => history.replaceState(null, '', location.pathname),
});
const store = createStaffStore(key === null);
const connection =
  key === null
    ? { say: () => {}, ask: async () => ({ ok: false, error: 'away' }) as const }
    : connectStaff({
        open: openStaffWebSocket(location.host),
        key,
        timers: { setTimeout: (run, ms) => setTimeout(run, ms), clearTimeout: (handle) => clearTimeout(handle as number) },
        onState: store.show,
        onAway: store.away,
      });

const place = document.getElementById('staff');
if (place !== null) createRoot(place).render(<StaffApp store={store} connection={connection} />);
