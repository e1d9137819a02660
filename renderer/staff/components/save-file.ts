import type { StaffFile } from '../../../main/contract/staff.ts';

/** Hands a file of the kiosk's to the browser, which saves it on the staff's device. */
export function saveFile({ name, type, base64 }: StaffFile): void {
  save(name, new Blob([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], { type }));
}

/** The same for a text that came in parts. */
export function saveText({ name, type, parts }: { name: string; type: string; parts: readonly string[] }): void {
  save(name, new Blob([...parts], { type }));
}

function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
