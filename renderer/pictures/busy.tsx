/** Something is going on; nothing is to be done. */
export function Busy() {
  return (
    <div className="busy" aria-hidden="true">
      <span />
      <span />
      <span />
    </div>
  );
}
