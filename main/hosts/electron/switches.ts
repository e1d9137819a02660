import type { App } from 'electron';

/** Chromium switches of ours, before Electron is ready: nothing calls home, nothing is cached on disk, no gesture navigates. */
const SWITCHES: readonly (readonly [string, string?])[] = [
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-breakpad'],
  ['no-pings'],
  // Chromium's own grumbling (no D-Bus, no GPU) would drown our log on the same stream; what ends it is still told.
  ['log-level', '3'],
  ['disable-http-cache'],
  ['disable-gpu-shader-disk-cache'],
  ['disable-pinch'],
  ['overscroll-history-navigation', '0'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  // No name is ever looked up, whoever asks.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  // The watchdog lives on painted frames: a window that something covers must go on painting.
  ['disable-backgrounding-occluded-windows'],
  ['disable-renderer-backgrounding'],
  ['disable-features', 'CalculateNativeWinOcclusion,MediaRouter,GlobalMediaControls,HardwareMediaKeyHandling'],
];

export function setSwitches({ commandLine }: App): void {
  for (const [name, value] of SWITCHES) commandLine.appendSwitch(name, value);
}
