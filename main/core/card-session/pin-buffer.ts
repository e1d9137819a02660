import { secretBytes } from '../../contract/secret-bytes.ts';

/**
 * Where the PIN lies until VERIFY: four ASCII bytes, never a string, overwritten after use. From here they go into one command and one frame
 * of the line to the card host, both overwritten too (test/e2e/pin-in-memory.spec.ts searches the memory of every process).
 */
export interface PinBuffer {
  readonly length: number;
  /** @returns false when four digits are in already. */
  push(digit: number): boolean;
  back(): void;
  clear(): void;
  /** Hands the bytes to one user, who overwrites them, and forgets them. Null unless four digits are in. */
  take(): Uint8Array | null;
}

const PIN_LENGTH = 4;

export function createPinBuffer(): PinBuffer {
  const bytes = secretBytes(PIN_LENGTH);
  let length = 0;
  const clear = () => {
    bytes.fill(0);
    length = 0;
  };
  return {
    get length() {
      return length;
    },
    push(digit) {
      if (length === PIN_LENGTH || !Number.isInteger(digit) || digit < 0 || digit > 9) return false;
      bytes[length++] = 0x30 + digit;
      return true;
    },
    back() {
      if (length > 0) bytes[--length] = 0;
    },
    clear,
    take() {
      if (length !== PIN_LENGTH) return null;
      const handed = secretBytes(PIN_LENGTH);
      handed.set(bytes);
      clear();
      return handed;
    },
  };
}
