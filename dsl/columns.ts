import { columnNames } from '../algebra/schema.ts';
import type { Span } from '../algebra/span.ts';
import { callSite } from './call-site.ts';
import { expressionOf } from './expression-methods.ts';
import { refuse } from './refusal.ts';
import type { Scope } from './term.ts';

/**
 * The columns of some rows as callbacks get them: `c.email`. Any other name is refused at its place.
 * @param names by which name the scope has each column, where it has others besides, or has it by another
 */
export function columnsOf(
  scope: Scope,
  names: ReadonlyMap<string, string> = new Map(columnNames(scope.schema).map((one) => [one, one])),
): object {
  const read = (name: string) => columnOf(name, names, scope, callSite());
  const target = Object.create(null) as object;
  for (const name of names.keys()) {
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

function columnOf(
  column: string,
  names: ReadonlyMap<string, string>,
  scope: Scope,
  span: Span,
): object {
  const name = names.get(column);
  if (name === undefined)
    return refuse('dsl/unknown-column', span, { column, known: [...names.keys()] });
  return expressionOf({ expression: { kind: 'column', name, span }, scope });
}
