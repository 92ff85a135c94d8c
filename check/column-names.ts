import { isColumnName } from '../algebra/schema.ts';
import type { Span } from '../algebra/span.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';
import { groupsBy } from './groups.ts';

/** Columns of one table or step that are badly named, or whose names differ only in case. */
export function columnNameProblems(
  columns: readonly { readonly name: string }[],
  where: string,
  spanOf: (index: number) => Span | undefined,
): readonly Diagnostic[] {
  const at = (index: number) => {
    const span = spanOf(index);
    return span ? { span } : {};
  };
  const bad = columns.flatMap(({ name }, index) =>
    isColumnName(name) ? [] : [diagnostic('names/bad-column', { column: name, where }, at(index))],
  );
  return [...bad, ...sameButCase(columns, where, at)];
}

function sameButCase(
  columns: readonly { readonly name: string }[],
  where: string,
  at: (index: number) => { readonly span?: Span },
): readonly Diagnostic[] {
  const groups = groupsBy(
    columns.map(({ name }, index) => ({ name, index })),
    ({ name }) => name.toLowerCase(),
  );
  return [...groups.values()].flatMap((group) => {
    const second = group[1];
    if (!second) return [];
    const exact = new Set(group.map(({ name }) => name)).size === 1;
    return [
      exact
        ? diagnostic('names/duplicate', { what: 'column', name: second.name }, at(second.index))
        : diagnostic(
            'names/same-but-case',
            { columns: group.map(({ name }) => name), where },
            at(second.index),
          ),
    ];
  });
}
