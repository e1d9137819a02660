import { signOfNumber } from '../../contract/key-layout.ts';
import type { ScannedText } from './scan-gate.ts';

/** Longest text of a scan; what comes after it is dropped. */
const MOST_SIGNS = 512;
/** Of a sign's number. */
const MOST_DIGITS = 6;

/** The text of one scan while its keys come, as both layouts read them. */
export class ScanText {
  private us = '';
  private jis = '';
  private signs = 0;
  /** Digits of the pad since Alt went down: together they are one sign's number. */
  private number = '';

  /** Something has come. */
  get some(): boolean {
    return this.signs > 0;
  }

  add(us: string, jis: string): void {
    if (this.signs >= MOST_SIGNS) return;
    this.signs += 1;
    this.us += us;
    this.jis += jis;
  }

  digit(digit: string): void {
    if (this.number.length < MOST_DIGITS) this.number += digit;
  }

  /** Alt went up: the number is whole. @returns the scan, where the sign that was meant ends it */
  endNumber(): ScannedText | null {
    const sign = signOfNumber(this.number);
    this.number = '';
    if (sign !== null && /[\r\n\t]/.test(sign)) return this.take();
    if (sign !== null) this.add(sign, sign);
    return null;
  }

  /** The scan has ended; the next one begins empty. @returns null: nothing had come */
  take(): ScannedText | null {
    const { us, jis, signs } = this;
    this.us = '';
    this.jis = '';
    this.signs = 0;
    this.number = '';
    return signs === 0 ? null : { text: us, us, jis };
  }
}
