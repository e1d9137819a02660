/** Drawn by us on a 24 x 24 grid, in the colour of the text beside them. Every icon has a shape of its own. */
const PATHS = {
  next: <path d="M9 4l8 8-8 8" />,
  back: <path d="M15 4l-8 8 8 8" />,
  up: <path d="M4 15l8-8 8 8" />,
  down: <path d="M4 9l8 8 8-8" />,
  close: <path d="M5 5l14 14M19 5L5 19" />,
  check: <path d="M4 12.5l5.5 5.5L20 7" />,
  bell: <path d="M12 3a6 6 0 0 0-6 6v4l-2 4h16l-2-4V9a6 6 0 0 0-6-6zM10 20a2 2 0 0 0 4 0" />,
  ok: (
    <>
      <circle cx="12" cy="12" r="9.5" />
      <path d="M7 12.5l3.5 3.5L17 9" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="9.5" />
      <path d="M12 11v6M12 7v.4" />
    </>
  ),
  caution: (
    <>
      <path d="M12 2.8L22.2 20.6H1.8z" />
      <path d="M12 9.5v5.5M12 17.6v.4" />
    </>
  ),
  stop: (
    <>
      <path d="M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8z" />
      <path d="M7.5 12h9" />
    </>
  ),
  online: (
    <>
      <path d="M3 9.5a13 13 0 0 1 18 0M6.3 13a8.3 8.3 0 0 1 11.4 0M9.5 16.4a3.8 3.8 0 0 1 5 0" />
      <path d="M12 19.6v.2" />
    </>
  ),
  offline: (
    <>
      <path d="M3 9.5a13 13 0 0 1 5-3M14 6.2a13 13 0 0 1 7 3.3M9.5 16.4a3.8 3.8 0 0 1 5 0M12 19.6v.2" />
      <path d="M5 3l14 18" />
    </>
  ),
  contrast: (
    <>
      <circle cx="12" cy="12" r="9.5" />
      <path d="M12 2.5v19a9.5 9.5 0 0 0 0-19z" className="solid" />
    </>
  ),
  low: (
    <>
      <circle cx="10" cy="3.8" r="1.8" className="solid" />
      <path d="M10 7v6h6l3.5 6.5M10 10h5M7.6 11.2a5.4 5.4 0 1 0 7.6 6.4" />
    </>
  ),
  ruby: (
    <>
      <path d="M7 4h2M11 4h2M15 4h2" />
      <path d="M5 9.5h14M12 8v2M8 9.5c1 5 4 8.5 9.5 11M16 9.5c-1 5-4 8.5-9.5 11" />
    </>
  ),
  printer: (
    <>
      <path d="M7 9V3h10v6M7 17H3V9h18v8h-4" />
      <path d="M7 14h10v7H7z" />
    </>
  ),
  card: (
    <>
      <rect x="2" y="5" width="20" height="14" rx="2.5" />
      <path d="M6 10h4v4H6zM14 10h4M14 14h4" />
    </>
  ),
  points: (
    <>
      <circle cx="12" cy="12" r="9.5" />
      <path d="M9.5 17V7H13a3 3 0 0 1 0 6.2H9.5" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="7" r="4" />
      <path d="M4 21.5c0-5 3.5-8 8-8s8 3 8 8" />
    </>
  ),
  child: (
    <>
      <circle cx="8" cy="6" r="3.2" />
      <circle cx="17" cy="11.5" r="2.4" />
      <path d="M2 21c0-5 2.5-8.5 6-8.5 2 0 3.7 1.1 4.7 3M12.5 21c0-3 1.8-5 4.5-5s4.5 2 4.5 5" />
    </>
  ),
  law: (
    <>
      <path d="M12 3v17M6 20.5h12M4 6.5l8-1.5 8 1.5M4 6.5L1.5 13h5zM20 6.5L17.500 13h5z" />
    </>
  ),
  others: (
    <>
      <circle cx="9" cy="8" r="3.6" />
      <path d="M2 21c0-4.600 3-7.500 7-7.500 1.500 0 2.800.4 3.900 1.100M17 13.500c-.2-2.600 3.600-2.700 3.600-5.200A2.700 2.700 0 0 0 15.300 8M17 17.500v.3" />
    </>
  ),
  shuffle: <path d="M3 7h4l9 10h5M18 14l3 3-3 3M3 17h4l3-3.300M13 10.300L16 7h5M18 4l3 3-3 3" />,
  erase: <path d="M8 5h13v14H8l-6-7zM12 9.500l5 5M17 9.500l-5 5" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="9.5" />
      <path d="M12 6.500V12l4 2.500" />
    </>
  ),
  paper: (
    <path d="M5 2.500h14V21l-2.400-1.600L14.300 21 12 19.400 9.700 21l-2.300-1.600L5 21zM8.500 7.500h7M8.500 11.500h7M8.500 15h4" />
  ),
} as const;

export type IconName = keyof typeof PATHS;

/** Always beside a word: an icon alone says nothing to some people. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {PATHS[name]}
    </svg>
  );
}
