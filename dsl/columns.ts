import { columnNames } from '../algebra/schema.ts';
import type { Span } from '../algebra/span.ts';
import { callSite } from './call-site.ts';
import { expressionOf } from './expression-methods.ts';
import { refuse } from './refusal.ts';
import type { Scope } from './term.ts';

/** The columns of some rows as callbacks get them: `c.email`. Any other name is refused at its place. */
export function columnsOf(scope: Scope): object {
  const names = new Set(columnNames(scope.schema));
  const read = (name: string) => columnOf(name, scope, callSite());
  const target = Object.create(null) as object;
  for (const name of names) {
    Object.defineProperty(target, name, {
      get: () => read(name),
      enumerable: true,
      configurable: true,
    });
  }
  return new Proxy(target, {
    get: (_target, name) => (typeof name === 'symbol' ? undefined : read(name)),
    set: () => false,
  });
}

function columnOf(name: string, scope: Scope, span: Span): object {
  const known = columnNames(scope.schema);
  if (!known.includes(name)) return refuse('dsl/unknown-column', span, { column: name, known });
  return expressionOf({ expression: { kind: 'column', name, span }, scope });
}
