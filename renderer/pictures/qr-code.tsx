import { useMemo } from 'react';
import { qrPath } from './qr.ts';

/** Black on white in every contrast: cameras want it so. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      focusable="false"
      shapeRendering="crispEdges"
    >
      <rect className="quiet" width={size} height={size} />
      <path className="dark" d={path} />
    </svg>
  );
}
