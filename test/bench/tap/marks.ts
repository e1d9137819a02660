/**
 * Runs in the page, before anything of the page does: marks each touch that ends (`tap:N`, at the time the browser had it from the panel) and the
 * moment when the next step is in the document because of it (`step:N:FROM>TO`). Also at the empty page, whose steps are its own.
 */
export function markTaps(): void {
  let count = 0;
  let waits = false;
  let shown: string | undefined;
  let from = '';
  addEventListener(
    'pointerup',
    ({ timeStamp }) => {
      count += 1;
      waits = true;
      performance.mark(`tap:${count}`, { startTime: timeStamp });
    },
    { capture: true },
  );
  const look = () => {
    const place = document.querySelector<HTMLElement>('[data-step]');
    const { step, screen = 'page' } = place?.dataset ?? {};
    if (step === shown) return;
    shown = step;
    if (waits) performance.mark(`step:${count}:${from}>${screen}`);
    waits = false;
    from = screen;
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-step', 'data-screen'],
  });
}
