import { rubyParts } from '../../main/contract/words/ruby.ts';

/** Marked-up text; no line breaks inside a marked word. Readings are hidden from screen readers: they would say every word twice. */
export function Ruby({ text, on }: { readonly text: string; readonly on: boolean }) {
  return rubyParts(text).map((part, index) =>
    part.reading === null ? (
      part.base
    ) : !on ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change places
      <span key={index} className="word">
        {part.base}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change places
      <ruby key={index}>
        {part.base}
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: rt takes no focus */}
        <rt aria-hidden="true">{part.reading}</rt>
      </ruby>
    ),
  );
}
