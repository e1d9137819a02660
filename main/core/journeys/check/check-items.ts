import type { CardFacts } from '../../../contract/card.ts';
import type { CheckItem } from '../../../contract/screens.ts';

/**
 * What this card can do today, most important first (SOURCES.md, Set-up: states of a card). We say what we see, never "valid".
 */
export function checkItems(facts: CardFacts): CheckItem[] {
  const items: CheckItem[] = [];
  const dead = facts.validity === 'expired' || facts.validity === 'future';
  items.push(dead || facts.triesLeft === 0 ? 'set-up-not-possible' : 'set-up-possible');
  if (facts.validity === 'expired') items.push('renew-needed');
  if (facts.validity === 'expiring') items.push('renew-possible');
  if (facts.triesLeft === 0) items.push('pin-reset-needed');
  if (facts.triesLeft === 1) items.push('pin-one-try');
  if (facts.recentlyIssued) items.push('wait-after-renewal');
  items.push('moved-hint');
  return items;
}
