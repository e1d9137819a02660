import type { HealthCheckId } from './staff.ts';

/**
 * What each check can find. The page has a sentence and what to do for every one of them, in every language of the staff's page
 * (renderer/staff/health). Besides these, every check can say `no-answer` (its time was over) and `failed` (a bug).
 */
export const HEALTH_FINDINGS = {
  reader: ['there', 'none', 'no-service', 'strange-slot'],
  'card-contact': ['probed', 'read', 'problem', 'none-yet', 'mute', 'other-card', 'card-fault'],
  addon: ['loads', 'missing', 'not-node-api', 'does-not-load', 'not-used'],
  pcscd: ['up', 'down', 'silent', 'starting', 'not-used'],
  polkit: ['allowed', 'no-service', 'socket-denied', 'refused', 'card-refused', 'cannot-tell', 'not-used'],
  database: ['whole', 'checking', 'put-off', 'noticed', 'set-aside', 'damaged', 'unreadable', 'none'],
  disk: ['room', 'low', 'full', 'unreadable'],
  clock: ['right', 'off', 'far-off', 'platform-away'],
  platform: ['answers', 'slow', 'maintenance', 'busy', 'away', 'refused', 'garbage'],
  'device-certificate': ['good', 'ends-soon', 'ended', 'not-yet', 'unreadable', 'none', 'not-needed'],
  printer: ['ready', 'not-used', 'paper-low', 'no-printer', 'offline', 'paper-out', 'cover-open', 'refused', 'line-not-set-up'],
  camera: ['there', 'none', 'cannot-tell'],
  audio: ['there', 'none', 'cannot-tell'],
  versions: ['listed', 'other-node'],
  scanner: ['there', 'missing', 'denied', 'not-used'],
  journeys: ['all', 'left-out'],
} as const satisfies Record<HealthCheckId, readonly string[]>;

export const ANY_FINDINGS = ['no-answer', 'failed'] as const;
export type FindingOf<I extends HealthCheckId> = (typeof HEALTH_FINDINGS)[I][number];
