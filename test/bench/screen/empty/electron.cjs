// The smallest Electron that shows the empty page over the whole display.
const { join } = require('node:path');
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({ kiosk: true, width: 1080, height: 1920, webPreferences: { backgroundThrottling: false } });
  window.loadFile(join(__dirname, 'page/index.html'));
});
process.stdin.on('end', () => app.exit(0)).resume();
