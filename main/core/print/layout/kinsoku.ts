/**
 * Japanese line breaking (禁則処理, JIS X 4051): what may not begin a line, and what may not end one.
 */
const NO_START = new Set(
  '、。，．・：；？！゛゜ヽヾゝゞ々ー－）］｝」』】〉》〕’”…‥〜～ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％℃円' +
    '｡､･ﾞﾟｰ｣' +
    '),.:;?!]}%',
);
const NO_END = new Set('（［｛「『【〈《〔‘“¥￥｢([{');

export const mayStart = (character: string): boolean => !NO_START.has(character);
export const mayEnd = (character: string): boolean => !NO_END.has(character);
