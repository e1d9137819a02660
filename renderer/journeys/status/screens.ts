import type { JourneyPage } from '../screens.ts';
import { Status } from './status.tsx';
import { StatusOffline } from './status-offline.tsx';

export const status = {
  icon: 'chart',
  title: 'menu.status',
  text: 'menu.statusText',
  short: 'attract.status',
  screens: {
    status: Status,
    'status-offline': StatusOffline,
  },
} as const satisfies JourneyPage;
