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

/** Seconds for people: `0.8 s`, `12 s`, `3 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
