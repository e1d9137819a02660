import '../connection/zod-without-eval.ts';
import './styles/index.css';
import { createRoot } from 'react-dom/client';
import { openStaffWebSocket } from '../connection/websocket-channel.ts';
import { StaffApp } from './app.tsx';
import { connectStaff } from './port/connect.ts';
import { forgetHalf, keptHalf } from './port/key-half.ts';
import { createStaffStore } from './port/store.ts';

const half = keptHalf(localStorage);
const store = createStaffStore(half === null);
const connection =
  half === null
    ? { say: () => {}, ask: async () => ({ ok: false, error: 'away' }) as const }
    : connectStaff({
        open: openStaffWebSocket(location.host, half),
        timers: { setTimeout: (run, ms) => setTimeout(run, ms), clearTimeout: (handle) => clearTimeout(handle as number) },
        random: Math.random,
        onState: store.show,
        onAway: store.away,
        onKeyless() {
          forgetHalf(localStorage);
          store.keyless();
        },
      });

const place = document.getElementById('staff');
if (place !== null) createRoot(place).render(<StaffApp store={store} connection={connection} />);
