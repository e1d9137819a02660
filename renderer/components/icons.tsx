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
  camera: (
    <>
      <path d="M2.500 7.500h4.500l2-3h6l2 3h4.500v12h-19z" />
      <circle cx="12" cy="13" r="4" />
    </>
  ),
  search: (
    <>
      <circle cx="10" cy="10" r="6.500" />
      <path d="M15 15l6.500 6.500" />
    </>
  ),
  keys: (
    <>
      <rect x="2" y="5.500" width="20" height="13" rx="2" />
      <path d="M6 9.500v.2M10 9.500v.2M14 9.500v.2M18 9.500v.2M6 14.500h.2M9.500 14.500h5M18 14.500v.2" />
    </>
  ),
  'e-money': (
    <>
      <rect x="2" y="7" width="14" height="11" rx="2" />
      <path d="M19 8.500a6 6 0 0 1 0 8M21.500 6a9.500 9.500 0 0 1 0 13M5.500 11.500h4" />
    </>
  ),
  qr: (
    <path d="M3 3h7v7H3zM14 3h7v7h-7zM3 14h7v7H3zM14 14h3v3h-3zM20.500 14v.2M18 20.500h3M14 20.500v.2M6.500 6.500v.1M17.500 6.500v.1M6.500 17.500v.1" />
  ),
  credit: (
    <>
      <rect x="2" y="5" width="20" height="14" rx="2.500" />
      <path d="M2 9h20M2 11h20M6 15.500h4" />
    </>
  ),
  debit: (
    <>
      <path d="M3 9l9-6 9 6zM5 9v8M10 9v8M14 9v8M19 9v8M3 20.500h18M3 17h18" />
    </>
  ),
  prepaid: (
    <>
      <rect x="2" y="5" width="20" height="14" rx="2.500" />
      <path d="M9 8.500l3 3.500 3-3.500M12 12v4.500M9.500 12.500h5M9.500 14.800h5" />
    </>
  ),
  charge: (
    <>
      <path d="M12 2.500v9M8 8l4 4 4-4" />
      <path d="M3 13v7.500h18V13M3 16h18" />
    </>
  ),
  purchase: (
    <>
      <path d="M4 8h16l-1.500 13h-13zM8 8a4 4 0 0 1 8 0" />
    </>
  ),
  'no-phone': (
    <>
      <path d="M8 2.500h9.500v15M17.500 21.500H6.500V7M11 18.500h2" />
      <path d="M2.500 3l19 18.500" />
    </>
  ),
  phone: (
    <>
      <rect x="6.500" y="2" width="11" height="20" rx="2" />
      <path d="M11 18.500h2" />
    </>
  ),
  'no-camera': (
    <>
      <path d="M6 7.500h1l2-3h6l2 3h4.500v12h-3M15 19.500H2.500v-11" />
      <path d="M3 3l18 18" />
    </>
  ),
  apply: (
    <>
      <path d="M4 2.500h11l4 4V12M4 2.500v19h8M14.500 2.500v4.500H19M7.500 8h4M7.500 12h6" />
      <path d="M18 14.500v7M14.500 18h7" />
    </>
  ),
  form: (
    <>
      <path d="M4 2.500h11l5 5v14H4zM14.500 2.500V8H20M7.500 8h3M7.500 18h3" />
      <path d="M7.500 11.500h3v3h-3zM14 12h3M14 15h3M14 18h3" />
    </>
  ),
  mail: <path d="M2.500 5h19v14h-19zM2.500 6l9.500 7.500L21.500 6" />,
  post: (
    <>
      <path d="M5 21.500V8a4 4 0 0 1 4-4h6a4 4 0 0 1 4 4v13.500zM2.500 21.500h19" />
      <path d="M8.500 9.500h7M8.500 13h7" />
    </>
  ),
  braille: (
    <path d="M7.500 5v.1M7.500 12v.1M7.500 19v.1M16.500 5v.1M16.500 12v.1M16.500 19v.1M6.500 5a1 1 0 1 0 2 0 1 1 0 1 0-2 0M15.500 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0M6.500 19a1 1 0 1 0 2 0 1 1 0 1 0-2 0" />
  ),
  sign: <path d="M3 18c3-9 6-13 7.500-12s-3 10-1 10.500 3-4 4.500-4-.5 3.500 1 3.500 2-1.500 5-1.500M3 21.500h18" />,
  again: <path d="M20 12a8 8 0 1 1-2.400-5.700M20.500 2.500v5h-5" />,
  centre: (
    <>
      <circle cx="12" cy="12" r="4.500" />
      <path d="M12 2v4M12 18v4M2 12h4M18 12h4" />
    </>
  ),
  nearer: (
    <path d="M3 3l7 7M10 5.500V10H5.500M21 21l-7-7M14 18.500V14h4.500M3 21l7-7M5.500 14H10v4.500M21 3l-7 7M18.500 10H14V5.500" />
  ),
  farther: (
    <path d="M10 10L3 3M3 7.500V3h4.500M14 14l7 7M21 16.500V21h-4.500M10 14l-7 7M7.500 21H3v-4.500M14 10l7-7M16.500 3H21v4.500" />
  ),
  tilt: (
    <>
      <ellipse cx="11" cy="11" rx="5" ry="7" transform="rotate(24 11 11)" />
      <path d="M17 3.500a9.500 9.500 0 0 1 4 7.500M21.500 6.500L21 11l-4-1.500M5 21.500h14" />
    </>
  ),
  turn: (
    <>
      <circle cx="12" cy="8.500" r="5.500" />
      <path d="M12 7v3l-2 1M3 17.500c5 4.500 13 4.500 18 0M21 21.500v-4h-4" />
    </>
  ),
  eye: (
    <>
      <path d="M1.500 12c5-8.500 16-8.500 21 0-5 8.500-16 8.500-21 0z" />
      <circle cx="12" cy="12" r="3.500" />
    </>
  ),
  wall: (
    <path d="M2.500 3.500h19v17h-19zM2.500 9h19M2.500 15h19M9 3.500V9M15.500 3.500V9M6 9v6M12 9v6M18 9v6M9 15v5.500M15.500 15v5.500" />
  ),
  dark: <path d="M20.500 14.500A9 9 0 1 1 9.500 3.500a7 7 0 0 0 11 11z" />,
  bright: (
    <>
      <circle cx="12" cy="12" r="4.500" />
      <path d="M12 1.500v3M12 19.500v3M1.500 12h3M19.500 12h3M4.600 4.600l2 2M17.400 17.400l2 2M4.600 19.400l2-2M17.400 6.600l2-2" />
    </>
  ),
  glasses: (
    <>
      <circle cx="6.500" cy="14" r="4.500" />
      <circle cx="17.500" cy="14" r="4.500" />
      <path d="M11 13.500c.6-.6 1.400-.6 2 0M2 13.500L4.500 6M22 13.500L19.500 6M6 12.500l1.500 1.500" />
    </>
  ),
  still: (
    <>
      <path d="M9 5v14M15 5v14" />
      <path d="M3 8c-1 3-1 5 0 8M21 8c1 3 1 5 0 8" />
    </>
  ),
  chart: <path d="M3 21h18M5.500 21v-7h4v7M10.500 21V9h4v12M15.500 21V4h4v17" />,
  town: <path d="M2 21h20M4 21V9l5-4 5 4v12M14 21v-9h6v9M7.500 21v-4h3v4M9 10.500v.2M17 15.500v.2" />,
  migration: <path d="M2 12l7-6.500L16 12M4 10.500V20h10v-9.500M16 16h6M19.500 13l3 3-3 3" />,
  taxi: (
    <>
      <path d="M3 17v-5l2.500-5h13L21 12v5zM3 12h18M9.500 7l.5-3h4l.5 3" />
      <path d="M6 17v2.500M18 17v2.500M6.500 14.500h1.500M16 14.500h1.500" />
    </>
  ),
  elderly: (
    <>
      <circle cx="10" cy="4.500" r="2.500" />
      <path d="M10 7.500c-3 1-3.500 4-3 7.500l-1.500 6.500M10 9.500l3.500 3.500H17v8.500M10.500 14.500l1.500 7" />
    </>
  ),
  health: (
    <path d="M12 20.500C5 15.500 2.500 12 2.500 8.500a4.500 4.500 0 0 1 9.500-2 4.500 4.500 0 0 1 9.500 2c0 3.500-2.500 7-9.500 12zM5 11h4l1.500-2.500 2.500 5 1.500-2.500h4" />
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
