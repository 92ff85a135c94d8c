import type { JobScript } from './job-script.ts';
import { jsonText } from './resources/text.ts';

/** `provenance.json`: for lines of the scripts (from 1) the place in the author's source that says what they do. */
export function provenanceJson(scripts: readonly JobScript[]): string {
  const files = scripts.map(({ path, origins }) => {
    const lines = origins.map(({ line, span }) => [
      String(line),
      `${span.file}:${span.line}:${span.column}`,
    ]);
    return [path, Object.fromEntries(lines)];
  });
  return jsonText(Object.fromEntries(files));
}
