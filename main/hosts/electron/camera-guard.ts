/** Tells the page's own world that the screen on top has no camera. */
export const CAMERA_OFF = 'madoguchi-camera-off';

/**
 * Runs in the page's own world before any of its scripts: remembers every camera track and stops them all when the preload says that the
 * screen has no camera, whoever asked for them. A permission alone does not end a stream that is already on.
 */
export const CAMERA_GUARD = `(() => {
  'use strict';
  const pin = (target, name, value) => Object.defineProperty(target, name, { value, writable: false, configurable: false });
  const { apply } = Reflect;
  const { getUserMedia } = MediaDevices.prototype;
  const { getTracks, clone: cloneStream } = MediaStream.prototype;
  const { stop, clone } = MediaStreamTrack.prototype;
  let live = [];
  const keep = (stream) => {
    live = [...live, ...apply(getTracks, stream, [])];
    return stream;
  };
  pin(MediaDevices.prototype, 'getUserMedia', async function (wish) {
    return keep(await apply(getUserMedia, this, [wish]));
  });
  pin(MediaStream.prototype, 'clone', function () {
    return keep(apply(cloneStream, this, []));
  });
  pin(MediaStreamTrack.prototype, 'clone', function () {
    const track = apply(clone, this, []);
    live = [...live, track];
    return track;
  });
  for (const name of ['getUserMedia', 'webkitGetUserMedia']) if (name in Navigator.prototype) pin(Navigator.prototype, name, undefined);
  window.addEventListener('${CAMERA_OFF}', () => {
    for (const track of live) apply(stop, track, []);
    live = [];
  }, { capture: true });
})();`;
