/** Luhn check digit (ISO/IEC 7812-1 annex B) over decimal digits. */
export function luhnDigit(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const d = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? d * 2 : d;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}

/** Ten digits from nine random ones. @param random nine decimal digits */
export function receiptNumber(random: string): string {
  if (!/^\d{9}$/.test(random)) throw new Error('nine digits wanted');
  return random + String(luhnDigit(random));
}

/** 3-3-4, as people read telephone numbers. */
export function formatReceipt(receipt: string): string {
  return `${receipt.slice(0, 3)}-${receipt.slice(3, 6)}-${receipt.slice(6)}`;
}
