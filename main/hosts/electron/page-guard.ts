/**
 * Runs in the page's own world before any of its scripts, and takes away what has no switch in Electron:
 *
 * - frames, whole: a frame is a second set of everything below, untouched. No element that holds one can be made: not by name, not from text
 *   (the policy requires Trusted Types, and the one policy here knows no HTML), not by a custom element, a style sheet or another document.
 * - native surfaces: file dialogs and pickers, printing, `window.close` (which the `close` event does not see), windows in windows.
 * - WebRTC, which the policy's `connect-src` does not know, and the clipboard.
 *
 * A first layer: the host replaces a page in which a frame appears all the same, keeps file dialogs from opening and lets nothing onto the
 * network. Natives are taken at once, because a page that was taken over can change every prototype afterwards.
 */
export const PAGE_GUARD = `(() => {
  'use strict';
  const { apply, defineProperty } = Reflect;
  const pin = (target, name, value) => defineProperty(target, name, { value, writable: false, configurable: false });
  const { DOMException, URL, HTMLInputElement, HTMLSelectElement, HTMLLabelElement, HTMLElement, Node, Element } = window;
  const refuse = () => { throw new DOMException('not on this terminal', 'NotAllowedError'); };
  const getterOf = (type, name) => Object.getOwnPropertyDescriptor(type.prototype, name).get;
  const is = (type) => { const inherits = type[Symbol.hasInstance]; return (thing) => apply(inherits, type, [thing]); };
  const isInput = is(HTMLInputElement), isSelect = is(HTMLSelectElement), isLabel = is(HTMLLabelElement), isElement = is(Element);
  const typeOf = getterOf(HTMLInputElement, 'type'), controlOf = getterOf(HTMLLabelElement, 'control');
  const parentOf = getterOf(Node, 'parentNode');
  const { has } = Set.prototype, { toLowerCase, lastIndexOf, slice } = String.prototype;

  // What opens a surface that is not the page's, or speaks past the policy.
  for (const name of ['print', 'open', 'close', 'alert', 'confirm', 'prompt', 'moveTo', 'moveBy', 'resizeTo', 'resizeBy', 'find',
    'showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker', 'EyeDropper', 'PaymentRequest', 'PresentationRequest',
    'RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'RTCCertificate', 'RTCIceTransport', 'WebTransport',
    'XMLHttpRequest', 'XSLTProcessor', 'DOMParser', 'SharedWorker', 'getScreenDetails', 'queryLocalFonts'])
    pin(window, name, refuse);
  for (const name of ['credentials', 'contacts', 'clipboard', 'share', 'canShare', 'presentation', 'getInstalledRelatedApps', 'xr',
    'registerProtocolHandler', 'virtualKeyboard', 'windowControlsOverlay', 'ink', 'managed', 'login', 'identity'])
    if (name in Navigator.prototype) pin(Navigator.prototype, name, undefined);
  for (const name of ['documentPictureInPicture', 'launchQueue', 'fence', 'sharedStorage']) pin(window, name, undefined);
  for (const [type, names] of [
    [Document, ['execCommand', 'queryCommandSupported', 'open', 'write', 'writeln', 'startViewTransition']],
    [DOMImplementation, ['createDocument', 'createHTMLDocument', 'createDocumentType']],
    [Element, ['attachShadow', 'setHTMLUnsafe', 'requestFullscreen', 'webkitRequestFullscreen', 'webkitRequestFullScreen', 'requestPointerLock']],
    [CustomElementRegistry, ['define']],
    [HTMLInputElement, ['showPicker']],
    [HTMLSelectElement, ['showPicker']],
    [HTMLVideoElement, ['requestPictureInPicture', 'webkitEnterFullscreen', 'webkitEnterFullScreen']],
  ]) for (const name of names) if (name in type.prototype) pin(type.prototype, name, refuse);
  if ('parseHTMLUnsafe' in Document) pin(Document, 'parseHTMLUnsafe', refuse);

  // Text becomes a document nowhere, and code only as a file of our own (workers).
  const { origin, href } = location;
  const originOf = getterOf(URL, 'origin');
  trustedTypes.createPolicy('default', {
    createScriptURL: (text) => (apply(originOf, new URL(text, href), []) === origin ? text : null),
  });

  // Elements that hold a frame.
  const frames = new Set(['iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'portal', 'fencedframe', 'webview', 'controlledframe']);
  const plainName = (name) => {
    const local = apply(slice, name, [apply(lastIndexOf, name, [':']) + 1]);
    if (apply(has, frames, [apply(toLowerCase, local, [])])) refuse();
    return name;
  };
  for (const [method, at] of [['createElement', 0], ['createElementNS', 1]]) {
    const native = Document.prototype[method];
    pin(Document.prototype, method, function (...given) {
      // Once a text, so that no object says one name here and another there.
      given[at] = plainName(String(given[at]));
      return apply(native, this, given);
    });
  }

  // Inputs that open a dialog or a picker: they cannot be pressed, neither by a script nor by a finger.
  const plain = new Set(['text', 'button', 'submit', 'reset', 'checkbox', 'radio', 'password', 'tel', 'search', 'hidden', 'number', 'range']);
  const special = (one) => isInput(one) && !apply(has, plain, [apply(typeOf, one, [])]);
  const opens = (one) => special(one) || isSelect(one) || (isLabel(one) && opensControl(apply(controlOf, one, [])));
  const opensControl = (control) => control !== null && (special(control) || isSelect(control));
  // A label presses its control whatever inside it is pressed, also where neither is in the document.
  const leads = (thing) => {
    for (let one = thing; one !== null && isElement(one); one = apply(parentOf, one, [])) if (opens(one)) return true;
    return false;
  };
  const { click } = HTMLElement.prototype, { dispatchEvent, addEventListener } = EventTarget.prototype;
  pin(HTMLElement.prototype, 'click', function () { return leads(this) ? refuse() : apply(click, this, []); });
  pin(EventTarget.prototype, 'dispatchEvent', function (event) { return leads(this) ? refuse() : apply(dispatchEvent, this, [event]); });
  const { composedPath, preventDefault, stopImmediatePropagation } = Event.prototype;
  const stop = (event) => {
    const path = apply(composedPath, event, []);
    for (let at = 0; at < path.length; at += 1) if (isElement(path[at]) && opens(path[at])) {
      apply(preventDefault, event, []);
      apply(stopImmediatePropagation, event, []);
      return;
    }
  };
  const never = (event) => { apply(preventDefault, event, []); apply(stopImmediatePropagation, event, []); };
  const first = { capture: true, passive: false };
  for (const name of ['click', 'mousedown', 'pointerdown', 'touchstart', 'keydown']) apply(addEventListener, window, [name, stop, first]);
  for (const name of ['drop', 'dragover', 'copy', 'cut', 'paste']) apply(addEventListener, window, [name, never, first]);
})();`;
