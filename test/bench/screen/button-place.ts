import type { Snapshot } from '../../../main/contract/page-protocol.ts';
import { openHarness } from '../../screens/page-harness.ts';

/** Where the button of a screen lies, asked of the same page in a browser of the same size. */
export async function placeOfButton({ step: _, ...snapshot }: Snapshot, button: string): Promise<{ x: number; y: number }> {
  const harness = await openHarness();
  try {
    const { page, show } = await harness.open('portrait', snapshot.prefs.language);
    await show(snapshot);
    const box = await page.locator(`[data-button="${button}"]`).boundingBox();
    if (box === null) throw new Error(`no button ${button}`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  } finally {
    await harness.close();
  }
}
