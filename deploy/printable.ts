/** Text with its control characters escaped: a name in AWS must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}
