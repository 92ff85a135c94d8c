import type { Span } from '../algebra/span.ts';
import { type Code, DiagnosticError, diagnostic, type ParametersOf } from '../diagnostics/index.ts';

/** Refuses what an author wrote, at its place. */
export function refuse<C extends Code>(code: C, span: Span, parameters: ParametersOf<C>): never {
  throw new DiagnosticError([diagnostic(code, parameters, { span })]);
}

/** What was found, for messages: never a value of data, since authors' programs hold none. */
export function inWords(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  if (typeof value === 'function') return 'a function';
  return String(value);
}
