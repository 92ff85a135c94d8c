/** One line that is written over while long work goes on; nothing where the output is no terminal. */
export interface ProgressLine {
  /** Shows what is being done now. */
  show(text: string): void;
  /** Takes the line away. */
  clear(): void;
}

/** A progress line on standard error, so that standard output holds results only. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  return {
    show: (text) => stream.write(`\r\u001b[K${text.slice(0, (stream.columns ?? 80) - 1)}`),
    clear: () => stream.write('\r\u001b[K'),
  };
}
