import { type Answer, type Command, status } from './apdu.ts';
import type { Chip } from './chip.ts';
import { challenge, changePin, readBinary, select, sign, verify } from './commands.ts';
import { SW } from './status-words.ts';

/**
 * Class byte: 00 (interindustry) and 80 (signature); no logical channels, no secure messaging (SOURCES.md, Card: other
 * commands).
 */
function classRefusal(cla: number): number | null {
  if (cla === 0x00 || cla === 0x80) return null;
  if ((cla & 0x70) !== 0) return SW.unknownClass;
  return (cla & 0x03) !== 0 ? SW.noChannel : SW.noSecureMessaging;
}

/** OpenSC writes a command without data for a T=0 card as P3 = 00; the counter query must bear that. */
const withoutLe = (command: Command): Command => (command.data.length === 0 ? { ...command, le: null } : command);

/** Executes one command on the chip. */
export function execute(chip: Chip, command: Command, random: (length: number) => Uint8Array): Answer {
  const refusal = classRefusal(command.cla);
  if (refusal !== null) return status(refusal);
  const code = command.cla * 256 + command.ins;
  const known = [0x00a4, 0x00b0, 0x0020, 0x0024, 0x0084, 0x802a, 0x80fc];
  if (!known.includes(code)) return status(SW.unknownInstruction);
  if (command.malformed) return status(SW.wrongLength);
  switch (code) {
    case 0x00a4:
      return select(chip, command);
    case 0x00b0:
      return readBinary(chip, command);
    case 0x0020:
      return verify(chip, withoutLe(command));
    case 0x0024:
      return changePin(chip, command);
    case 0x0084:
      return challenge(command, random);
    case 0x802a:
      return sign(chip, command);
    default:
      return status(SW.wrongLength); // 80FC: an iPhone's command (SOURCES.md, Card: applications)
  }
}
