import type { StaffFile } from '../../../main/contract/staff.ts';

/** Hands a file of the kiosk's to the browser, which saves it on the staff's device. */
export function saveFile({ name, type, base64 }: StaffFile): void {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
