/** A card, a reader, and what to do: the card comes down onto the reader (`put`), lies there (`lie`), or is taken (`take`). */
export function CardOnReader({ act, label }: { readonly act: 'put' | 'lie' | 'take'; readonly label: string }) {
  return (
    <svg
      className={`card-on-reader ${act}`}
      viewBox={act === 'lie' ? '40 130 400 206' : '40 -14 400 350'}
      role="img"
      aria-label={label}
      focusable="false"
    >
      <g className="reader">
        <path className="shade" d="M60 250l180-78 180 78-180 82z" />
        <path className="body" d="M60 232l180-78 180 78-180 82z" />
        <path className="side" d="M60 232v18l180 82v-18z" />
        <path className="side dark" d="M420 232v18l-180 82v-18z" />
        <path className="mark" d="M150 232l90-39 90 39-90 41z" />
        <g className="waves">
          <path d="M216 232a26 12 0 0 1 48 0" />
          <path d="M202 226a42 20 0 0 1 76 0" />
        </g>
      </g>
      <g className="card">
        <path className="edge" d="M132 196v7l108 49 108-49v-7l-108 49z" />
        <path className="face" d="M132 196l108-47 108 47-108 49z" />
        {/* The front as it is printed, 108 x 108 laid down: a title, a portrait, lines of writing. */}
        <g className="print" transform="matrix(1 .435 -1 .454 240 149)">
          <path className="line" d="M12 14h60" />
          <rect className="photo" x="66" y="36" width="32" height="56" rx="4" />
          <circle className="head" cx="82" cy="55" r="9" />
          <path className="head" d="M68 90a14 20 0 0 1 28 0z" />
          <path className="line" d="M12 42h42M12 62h42M12 82h28" />
        </g>
      </g>
      <g className="arrow">
        {act === 'take' ? <path d="M240 92V10M240 10l-32 34M240 10l32 34" /> : <path d="M240 2v80M240 82l-32-34M240 82l32-34" />}
      </g>
    </svg>
  );
}
