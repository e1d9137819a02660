/** How the photo should be: head upright in the middle, shoulders, nothing behind. Drawn by us. */
export function PhotoSample({ label }: { readonly label: string }) {
  return (
    <svg className="photo-sample" viewBox="0 0 350 450" role="img" aria-label={label} focusable="false">
      <rect className="paper" x="4" y="4" width="342" height="442" rx="10" />
      <path className="body" d="M50 446c0-80 40-112 125-118 85 6 125 38 125 118z" />
      <path className="neck" d="M143 270h64v62c-14 20-50 20-64 0z" />
      <ellipse className="face" cx="175" cy="205" rx="84" ry="112" />
      <path
        className="hair"
        d="M84 222c-14-92 28-144 91-144s105 52 91 144c-12-44-24-66-40-82-34 14-78 12-102 0-16 16-28 38-40 82z"
      />
      <path className="lines" d="M126 204c8-6 22-6 30 0M194 204c8-6 22-6 30 0M175 212v34l-9 5M150 274c14 8 36 8 50 0" />
      <circle className="pupil" cx="141" cy="207" r="6" />
      <circle className="pupil" cx="209" cy="207" r="6" />
      <path className="axis" d="M175 24v34M175 396v34M24 207h40M286 207h40" />
    </svg>
  );
}
