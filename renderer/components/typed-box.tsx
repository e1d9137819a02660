interface TypedBoxProps {
  readonly groups: readonly string[];
  /** Signs to be underlined: they are easily taken for others. */
  readonly similar?: string;
  /** What stands there when nothing has been typed. */
  readonly empty: string;
  /** At the end: here the next sign goes. */
  readonly caret?: boolean;
  /** The groups are parts of one word: no room between them. */
  readonly joined?: boolean;
}

/** Width in signs as wide as they are high; digits and Latin letters are half as wide. */
function widthOf(groups: readonly string[], joined: boolean): number {
  const signs = groups.join('');
  return [...signs].reduce((sum, sign) => sum + (sign < '\u2000' ? 0.55 : 1), 0) + (joined ? 0 : groups.length * 0.45);
}

/** What has been typed, large, in groups, with a caret. The text is the snapshot's: it is drawn and not kept. */
export function TypedBox({ groups, similar = '', empty, caret = true, joined = false }: TypedBoxProps) {
  const width = widthOf(groups, joined);
  const size = width <= 6 ? 'wide-1' : width <= 11 ? 'wide-2' : width <= 30 ? 'wide-3' : 'wide-4';
  const nothing = groups.length === 0;
  return (
    <div className={`typed-text ${size}`} data-typed="">
      <span className="visually-hidden" aria-live="polite">
        {nothing ? empty : groups.map((group) => [...group].join(' ')).join(', ')}
      </span>
      <span className={joined ? 'groups joined' : 'groups'} aria-hidden="true">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
          <span key={index} className="group">
            {[...group].map((sign, place) =>
              similar.includes(sign) ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a sign is its place
                <u key={place}>{sign}</u>
              ) : (
                sign
              ),
            )}
          </span>
        ))}
        {caret ? <span className="caret" /> : null}
        {nothing ? <span className="hint">{empty}</span> : null}
      </span>
    </div>
  );
}
