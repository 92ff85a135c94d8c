import { boundName, identifier } from './expression-layout.ts';
import { lineWidth } from './layout.ts';
import type { PyImport } from './tree.ts';

const standardLibrary = new Set(['datetime', 'sys']);

/** Import statements for what was printed: the standard library first, one block each, sorted as isort does. */
export function printImports(needed: Iterable<PyImport>): string {
  const lines = new Map<string, { readonly standard: boolean; readonly sortKey: string }>();
  for (const line of importLines([...needed])) {
    lines.set(line.text, line);
  }
  const sorted = [...lines].sort(([, a], [, b]) => (a.sortKey < b.sortKey ? -1 : 1));
  const block = (standard: boolean) =>
    sorted.filter(([, line]) => line.standard === standard).map(([text]) => text);
  return [block(true), block(false)]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function importLines(needed: readonly PyImport[]) {
  const plain = needed.filter((one) => one.name === undefined || one.alias !== undefined);
  const modules = new Map<string, Set<string>>();
  for (const { module, name, alias } of needed) {
    if (name === undefined || alias !== undefined) continue;
    modules.set(module, (modules.get(module) ?? new Set()).add(identifier(name)));
  }
  return [
    ...plain.map((one) => line(one.module, printImport(one), one.name)),
    ...[...modules].map(([module, names]) => line(module, fromLine(module, [...names].sort()))),
  ];
}

function line(module: string, text: string, alias?: string) {
  // isort: `import a` before `from a import b`; of one module, plain names before aliased ones.
  const sortKey = `${text.startsWith('import') ? 0 : 1} ${module} ${alias ?? ''}`;
  return { text, standard: standardLibrary.has(module), sortKey };
}

/** One import statement. */
export function printImport(needed: PyImport): string {
  const { module, name, alias } = needed;
  const path = module.split('.').map(identifier).join('.');
  boundName(needed);
  const as = alias === undefined ? '' : ` as ${identifier(alias)}`;
  return name === undefined
    ? `import ${path}${as}`
    : `from ${path} import ${identifier(name)}${as}`;
}

function fromLine(module: string, names: readonly string[]): string {
  const path = module.split('.').map(identifier).join('.');
  const flat = `from ${path} import ${names.join(', ')}`;
  if (flat.length <= lineWidth) return flat;
  return `from ${path} import (\n${names.map((name) => `    ${name},`).join('\n')}\n)`;
}
