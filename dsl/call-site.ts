import { findSourceMap } from 'node:module';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Span } from '../algebra/span.ts';

const ours = fileURLToPath(new URL('.', import.meta.url));
const depth = 12;

/**
 * Where the author's code called into the language: the place of the method's name, in the source as the author sees it
 * (the loader's source map is followed).
 */
export function callSite(): Span {
  const site = authorFrame();
  const file = site?.getFileName();
  const line = site?.getLineNumber();
  const column = site?.getColumnNumber();
  if (!file || !line || !column) return { file: '', line: 1, column: 1 };
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  const isMapped = entry !== undefined && 'originalLine' in entry;
  return {
    file: relativePath(isMapped ? entry.originalSource : file),
    line: isMapped ? entry.originalLine + 1 : line,
    column: isMapped ? entry.originalColumn + 1 : column,
  };
}

/** The innermost stack frame outside the language's own folder. */
function authorFrame(): NodeJS.CallSite | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = depth;
    Error.prepareStackTrace = (_error, sites) => sites;
    Error.captureStackTrace(holder, callSite);
    const sites = holder.stack as readonly NodeJS.CallSite[];
    return sites.find((site) => !isOurs(site.getFileName()));
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function isOurs(file: string | null | undefined): boolean {
  return !file || file.startsWith('node:') || pathOf(file).startsWith(ours);
}

/** ES modules are named by URL, under a loader perhaps with a query; CommonJS modules by path. */
function pathOf(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : file;
}

function relativePath(file: string): string {
  return relative(process.cwd(), pathOf(file)).split(sep).join('/');
}
