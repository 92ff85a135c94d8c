/** A value that JSON can hold; `undefined` members are left out. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

/** A JSON object. */
export type JsonObject = { readonly [name: string]: Json | undefined };

/** A file's text: JSON indented by two, with a newline at its end. */
export function jsonText(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** An author's text as a JSON string value in which the deployer finds no parameter: `${` becomes `$${` (Terraform's rule). */
export function literal(text: string): string {
  return text.replaceAll('${', (found) => `$${found}`);
}

/** Glue: "Description string, not more than 2048 bytes long, matching the URI address multi-line string pattern". */
export const LONGEST_DESCRIPTION = 2048;
/** Glue: "Comment ... not more than 255 bytes long, matching the Single-line string pattern". */
export const LONGEST_COMMENT = 255;

/**
 * An author's text as one line that AWS accepts: white space becomes a space, other control characters and lone surrogates go,
 * and what does not fit is cut with an ellipsis. Parameters are escaped.
 * @param bytes the longest that AWS takes, in bytes of UTF-8
 */
export function describe(text: string, bytes: number): string {
  const line = text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '')
    .trim();
  return literal(cut(line, bytes));
}

function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const ellipsis = '…';
  let room = bytes - Buffer.byteLength(ellipsis);
  let kept = '';
  for (const character of text) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}${ellipsis}`;
}
