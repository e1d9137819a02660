import { type Session, type WebContents, WebContentsView } from 'electron';
import { ADDRESS } from './address.ts';
import { isAddress } from './sender.ts';

/** Why a page has to be replaced; goes into the log. */
type PageFailure = 'crashed' | 'load-failed' | 'strayed' | 'unresponsive' | 'frame' | 'file-dialog';

export interface KioskPage {
  readonly view: WebContentsView;
  /** Ends it, its renderer too, however that one is. No `onFailure` follows. @returns when the renderer is gone */
  destroy(): Promise<void>;
}

export interface KioskPageDeps {
  readonly session: Session;
  /** Path of the preload's bundle. */
  readonly preload: string;
  /** Called once at most. */
  readonly onFailure: (why: PageFailure) => void;
  /** Called before the page begins to load. */
  readonly prepare: (contents: WebContents) => void;
}

/**
 * Parts of Blink that open a surface of their own or reach a device, switched off in the renderer for every realm; names of its
 * runtime_enabled_features.json5. A name that a version does not know is nothing to it.
 */
const NO_FEATURES = [
  ...[
    'FileSystemAccess',
    'FileSystemAccessLocal',
    'FileHandlingAPI',
    'EyeDropperAPI',
    'ContactsManager',
    'PaymentRequest',
    'WebShare',
  ],
  ...['DocumentPictureInPictureAPI', 'PictureInPictureAPI', 'Presentation', 'RemotePlayback', 'WebAuth', 'FedCm', 'DigitalGoods'],
  ...['WebIdentityDigitalCredentials', 'WebOTP', 'WebUSB', 'WebHID', 'Serial', 'WebBluetooth', 'WebNFC', 'WebXR', 'Fledge'],
  ...['FencedFrames', 'Portals', 'ControlledFrame', 'SharedStorageAPI', 'WindowPlacement', 'Notifications', 'SharedWorker'],
];

/** A killed renderer says so within milliseconds; nothing waits longer for one that was never there. */
const GONE_WITHIN_MS = 2000;

/** One page with a renderer of its own, loading. It is in no window yet. */
export function openKioskPage({ session, preload, onFailure, prepare }: KioskPageDeps): KioskPage {
  const view = new WebContentsView({
    webPreferences: {
      session,
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
      disableDialogs: true,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableBlinkFeatures: NO_FEATURES.join(','),
      // The watchdog lives on painted frames.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  view.setBackgroundColor('#ffffff');
  const { webContents } = view;
  let over = false;
  const fail = (why: PageFailure) => {
    if (over) return;
    over = true;
    onFailure(why);
  };
  const gone = new Promise<void>((done) => {
    webContents.once('render-process-gone', () => done());
    webContents.once('destroyed', () => done());
  });
  webContents.on('unresponsive', () => fail('unresponsive'));
  webContents.on('page-title-updated', (event) => event.preventDefault());
  webContents.on('render-process-gone', () => fail('crashed'));
  webContents.on('preload-error', () => fail('load-failed'));
  // about:blank is the one address that no navigation event asks about first.
  webContents.on('did-navigate', (_event, url) => {
    if (!isAddress(url)) fail('strayed');
  });
  webContents.on('did-fail-load', (_event, _code, _text, _url, isMainFrame) => {
    if (isMainFrame) fail('load-failed');
  });
  webContents.on('frame-created', (_event, { frame }) => {
    // The product has no frames: whoever made one has taken the page over.
    if (frame !== null && frame.parent !== null) fail('frame');
  });
  webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  keepDialogsShut(webContents, () => fail('file-dialog'));
  prepare(webContents);
  // A failure to load is told by the event above.
  webContents.loadURL(ADDRESS).catch(() => {});

  return {
    view,
    async destroy() {
      over = true;
      if (webContents.isDestroyed()) return;
      if (!webContents.isCrashed()) {
        webContents.forcefullyCrashRenderer();
        await Promise.race([gone, new Promise((done) => setTimeout(done, GONE_WITHIN_MS))]);
      }
      if (!webContents.isDestroyed()) webContents.close();
    },
  };
}

/** A file dialog that a page asks for, from whatever realm, never opens: the debugger's protocol takes it instead. @param onAsked one was asked for */
function keepDialogsShut({ debugger: protocol }: WebContents, onAsked: () => void): void {
  protocol.on('message', (_event, method: string) => {
    if (method === 'Page.fileChooserOpened') onAsked();
  });
  try {
    protocol.attach('1.3');
  } catch {
    // Only a contents that is gone already cannot be attached to.
    return;
  }
  for (const [command, parameters] of [
    ['Page.enable', {}],
    ['Page.setInterceptFileChooserDialog', { enabled: true }],
  ] as const)
    protocol.sendCommand(command, parameters).catch(() => {});
}
