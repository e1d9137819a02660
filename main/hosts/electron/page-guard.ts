/**
 * Runs in the page's own world before any of its scripts: takes away what opens a native surface and has no switch in Electron: the
 * printing and file dialogs, the pickers of special inputs, `window.close` (which the `close` event does not see). A second layer: the
 * policy's sandbox already stops most of it, and no foreign script can get in at all (electron-kiosk.md section 3.4).
 */
export const PAGE_GUARD = `(() => {
  'use strict';
  const pin = (target, name, value) => Object.defineProperty(target, name, { value, writable: false, configurable: false });
  const refuse = () => { throw new DOMException('not on this terminal', 'NotAllowedError'); };
  for (const name of ['print', 'open', 'close', 'alert', 'confirm', 'prompt', 'showOpenFilePicker', 'showSaveFilePicker',
    'showDirectoryPicker', 'EyeDropper', 'PaymentRequest', 'PresentationRequest']) pin(window, name, refuse);
  const plain = new Set(['text', 'button', 'submit', 'reset', 'checkbox', 'radio', 'password', 'tel', 'search', 'hidden', 'number', 'range']);
  const special = (element) => element instanceof HTMLInputElement && !plain.has(element.type);
  const isSelect = (element) => element instanceof HTMLSelectElement;
  const inputs = HTMLInputElement.prototype;
  pin(inputs, 'showPicker', refuse);
  pin(HTMLSelectElement.prototype, 'showPicker', refuse);
  const click = HTMLElement.prototype.click;
  pin(HTMLElement.prototype, 'click', function () { return special(this) ? refuse() : click.call(this); });
  const send = EventTarget.prototype.dispatchEvent;
  pin(EventTarget.prototype, 'dispatchEvent', function (event) { return special(this) ? refuse() : send.call(this, event); });
  const stop = (event) => {
    for (const element of event.composedPath()) {
      const labelled = element instanceof HTMLLabelElement && element.control !== null && special(element.control);
      if (special(element) || isSelect(element) || labelled) event.preventDefault();
    }
  };
  for (const name of ['click', 'mousedown', 'pointerdown', 'touchstart', 'keydown', 'drop', 'dragover']) {
    window.addEventListener(name, name === 'drop' || name === 'dragover' ? (event) => event.preventDefault() : stop,
      { capture: true, passive: false });
  }
})();`;
