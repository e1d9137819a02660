/** A card, a reader, and what to do: the card comes down onto the reader (`put`), lies there (`lie`), or is taken (`take`). */
export function CardOnReader({ act, label }: { readonly act: 'put' | 'lie' | 'take'; readonly label: string }) {
  return (
    <svg className={`card-on-reader ${act}`} viewBox="0 0 480 360" role="img" aria-label={label} focusable="false">
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
        <path className="face" d="M132 196l108-47 108 47-108 49z" />
        <path className="edge" d="M132 196v7l108 49v-7zM348 196v7l-108 49v-7z" />
        <path className="photo" d="M166 196l30-13 30 13-30 13.500z" />
        <path className="line" d="M238 178l40 17.400M250 173l44 19M226 212l40-17.600" />
        <path className="chip" d="M262 207l22-9.600 22 9.600-22 10z" />
      </g>
      <g className="arrow">
        {act === 'take' ? (
          <path d="M240 118V28M240 28l-34 36M240 28l34 36" />
        ) : (
          <path d="M240 20v92M240 112l-34-36M240 112l34-36" />
        )}
      </g>
    </svg>
  );
}
