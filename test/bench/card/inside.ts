import { printRows } from '../apart.ts';
import { commandsAndBytes } from './commands.ts';
import { cardEvents } from './events.ts';
import { timePerCommand } from './time.ts';

/** Where a pcscd of our own is. */
await printRows('card', { commands: commandsAndBytes, time: timePerCommand, events: cardEvents });
