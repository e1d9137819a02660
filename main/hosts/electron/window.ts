import { BaseWindow, screen, type WebContentsView } from 'electron';

export interface KioskWindow {
  /** Lays a page over the others, and gives it the keyboard. */
  raise(view: WebContentsView): void;
  /** Lays a page under the one that is seen: it paints, and nobody sees it. */
  slipUnder(view: WebContentsView): void;
  remove(view: WebContentsView): void;
  destroy(): void;
}

/** From the loss of the keyboard until the window comes back, ms: it is lost for a moment whenever a page takes another's place. */
const PUT_AWAY_MS = 250;

/** One full-screen window; which page it shows is for others to say. @param onClosed it is gone, and not by `destroy` */
export function openKioskWindow(onClosed: () => void): KioskWindow {
  const window = new BaseWindow({
    // Without a window manager nobody else makes it fill the screen.
    ...screen.getPrimaryDisplay().bounds,
    kiosk: true,
    fullscreen: true,
    frame: false,
    autoHideMenuBar: true,
    backgroundColor: '#ffffff',
    title: 'Madoguchi',
  });
  const views = new Set<WebContentsView>();
  let over = false;
  const fill = () => {
    const { width, height } = window.getContentBounds();
    for (const view of views) view.setBounds({ x: 0, y: 0, width, height });
  };
  const stay = () => {
    if (over || window.isDestroyed()) return;
    window.restore();
    window.setKiosk(true);
    window.setBounds(screen.getPrimaryDisplay().bounds);
    fill();
  };
  window.removeMenu();
  window.on('close', (event) => event.preventDefault());
  window.on('closed', () => {
    if (over) return;
    over = true;
    onClosed();
  });
  // Afterwards: whoever makes it leave may not have finished, and a second leaving inside the first tells no event.
  const staySoon = () => setImmediate(stay);
  window.on('minimize', staySoon);
  window.on('leave-full-screen', staySoon);
  window.on('resize', fill);
  // Not every way of being put away is told (ICCCM iconify, unmapping, "show desktop"): Electron then calls the window neither minimized nor
  // hidden. But whatever puts it away takes the keyboard from it, and nothing else on a kiosk does.
  window.on('blur', () =>
    setTimeout(() => {
      if (over || window.isDestroyed() || window.isFocused()) return;
      window.hide();
      window.show();
      stay();
      window.moveTop();
      window.focus();
    }, PUT_AWAY_MS),
  );

  const lay = (view: WebContentsView, at?: number) => {
    if (over || window.isDestroyed()) return;
    views.add(view);
    // A view that is in already is moved.
    window.contentView.addChildView(view, at);
    fill();
  };
  return {
    raise(view) {
      lay(view);
      if (!view.webContents.isDestroyed()) view.webContents.focus();
    },
    slipUnder: (view) => lay(view, 0),
    remove(view) {
      views.delete(view);
      if (!window.isDestroyed()) window.contentView.removeChildView(view);
    },
    destroy() {
      over = true;
      if (!window.isDestroyed()) window.destroy();
    },
  };
}
