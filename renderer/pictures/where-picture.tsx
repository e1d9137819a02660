import type { ReactNode } from 'react';
import type { WhereToFind } from '../../main/contract/catalogue.ts';
import { usePageContext } from '../context/context.tsx';

/** The frame around what is looked for, and an arrow to it. */
function Here({
  x,
  y,
  width,
  height,
}: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}) {
  const middle = x + width / 2;
  const from = y > 120 ? y - 62 : y + height + 62;
  const to = y > 120 ? y - 8 : y + height + 8;
  const back = y > 120 ? to - 20 : to + 20;
  return (
    <g className="here">
      <rect x={x} y={y} width={width} height={height} rx="10" />
      <path d={`M${middle} ${from}V${to}M${middle - 20} ${back}L${middle} ${to}l20 ${back - to}`} />
    </g>
  );
}

/** Groups of bars that stand for digits. */
function Digits({ x, y, groups }: { readonly x: number; readonly y: number; readonly groups: number }) {
  return (
    <g className="digits">
      {Array.from({ length: groups }, (_, group) =>
        [0, 1, 2, 3].map((digit) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a drawing
          <rect key={`${group}-${digit}`} x={x + group * 66 + digit * 14} y={y} width="9" height="20" rx="2" />
        )),
      )}
    </g>
  );
}

function CardFace({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <rect className="shade" x="48" y="26" width="350" height="216" rx="18" />
      <rect className="paper" x="40" y="18" width="350" height="216" rx="18" />
      {children}
    </>
  );
}

function PhoneFace({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <rect className="shade" x="138" y="12" width="180" height="246" rx="22" />
      <rect className="body" x="128" y="4" width="180" height="246" rx="22" />
      <rect className="paper" x="140" y="20" width="156" height="212" rx="6" />
      {children}
    </>
  );
}

function drawing(where: WhereToFind) {
  switch (where) {
    case 'card-front':
      return (
        <CardFace>
          <rect className="chip" x="68" y="62" width="48" height="36" rx="6" />
          <path className="line" d="M68 44h90M68 212h120" />
          <Digits x={74} y={150} groups={4} />
          <Here x={64} y={138} width={286} height={44} />
        </CardFace>
      );
    case 'card-back':
      return (
        <CardFace>
          <rect className="stripe" x="40" y="42" width="350" height="40" />
          <path className="line" d="M66 206h150M66 222h90" />
          <Digits x={74} y={150} groups={4} />
          <Here x={64} y={138} width={286} height={44} />
        </CardFace>
      );
    case 'card-back-panel':
      return (
        <CardFace>
          <rect className="stripe" x="40" y="42" width="350" height="36" />
          <rect className="panel" x="62" y="142" width="210" height="44" />
          <path className="script" d="M78 170c14-22 22-18 20 0s16-14 26-12 8 16 26-2 26 12 40-2" />
          <Digits x={296} y={154} groups={1} />
          <Here x={284} y={142} width={84} height={44} />
          <path className="line" d="M62 210h150" />
        </CardFace>
      );
    case 'app-account':
      return (
        <PhoneFace>
          <circle className="head" cx="170" cy="54" r="16" />
          <path className="line" d="M196 48h70M196 62h44M156 92h124M156 196h124M156 214h80" />
          <g transform="matrix(.8 0 0 .8 36 24)">
            <Digits x={152} y={136} groups={2} />
          </g>
          <Here x={148} y={122} width={136} height={38} />
        </PhoneFace>
      );
    case 'app-code':
      return (
        <PhoneFace>
          <g className="code">
            <path d="M176 36h28v28h-28zM232 36h28v28h-28zM176 92h28v28h-28zM214 40h8v20h-8zM214 72h18v10h-18zM240 78h20v10h-20zM232 98h10v22h-10zM250 106h10v14h-10z" />
          </g>
          <Digits x={156} y={168} groups={2} />
          <Here x={148} y={156} width={136} height={44} />
        </PhoneFace>
      );
    case 'mail':
      return (
        <>
          <rect className="shade" x="58" y="34" width="330" height="210" rx="10" />
          <rect className="paper" x="50" y="26" width="330" height="210" rx="10" />
          <path className="line flap" d="M50 36l165 62 165-62" />
          <path className="line" d="M84 124h180M84 206h200" />
          <Digits x={90} y={160} groups={3} />
          <Here x={80} y={148} width={206} height={44} />
        </>
      );
    case 'statement':
      return (
        <>
          <path className="shade" d="M108 12h238v240l-20-12-20 12-20-12-20 12-20-12-20 12-20-12-20 12-20-12-20 12-20-12-18 12z" />
          <path className="paper" d="M98 4h238v240l-20-12-20 12-20-12-20 12-20-12-20 12-20-12-20 12-20-12-20 12-20-12-18 12z" />
          <path className="line" d="M124 34h110M124 150h60M270 150h40M124 176h60M270 176h40M124 202h60M270 202h40" />
          <Digits x={132} y={74} groups={3} />
          <Here x={120} y={62} width={206} height={44} />
        </>
      );
    case 'known':
      return (
        <>
          <circle className="head big" cx="150" cy="120" r="44" />
          <path className="head big" d="M64 250c0-58 36-78 86-78s86 20 86 78z" />
          <path
            className="paper cloud"
            d="M232 40c6-26 48-30 62-10 20-14 56-6 58 20 26 4 30 44 0 50-8 22-44 24-56 8-18 12-48 8-54-12-28-2-34-46-10-56z"
          />
          <circle className="paper" cx="226" cy="134" r="9" />
          <circle className="paper" cx="206" cy="150" r="6" />
          <g transform="matrix(.9 0 0 .9 22 6)">
            <Digits x={240} y={66} groups={2} />
          </g>
        </>
      );
  }
}

/** Where the number stands that is asked for. */
export function WherePicture({ where }: { readonly where: WhereToFind }) {
  const { plain } = usePageContext();
  return (
    <svg
      className="where-picture"
      viewBox="30 -4 376 266"
      role="img"
      aria-label={plain(`wherePicture.${where}`)}
      focusable="false"
    >
      {drawing(where)}
    </svg>
  );
}
