import type { CallExpression, Expression } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import { columnNames, type Schema } from '../../algebra/schema.ts';
import type { Project, ProjectedColumn } from '../../algebra/verbs/project.ts';
import { isPlain } from './constants.ts';
import { saidByRow } from './said-by-row.ts';
import { Temporaries } from './temporaries.ts';

/** A projection as the steps by which an author says it. */
export function saidProject(node: Project, input: Relation, schema: Schema): Relation {
  const own = columnNames(schema);
  const sugar = sugarOf(node, own);
  if (sugar === 'cast' || sugar === 'pseudonymize') return { ...node, sugar, from: { input } };
  const passing = new Temporaries(schema, input, node.span);
  const columns = node.columns.map(({ name, expression }) => ({
    name,
    expression: isPlainPseudonym(expression)
      ? expression
      : saidColumn(expression, own.includes(name), passing),
  }));
  if (sugar && passing.isEmpty) return { ...node, sugar, columns, from: { input } };
  return new Steps(node, passing).through(columns);
}

/** A constant takes the type of a column that it replaces, and that of its kind elsewhere. */
function saidColumn(expression: Expression, isOld: boolean, passing: Temporaries): Expression {
  if (expression.kind !== 'literal') return saidByRow(expression, passing);
  return isPlain(expression) && !isOld ? expression : passing.constant(expression);
}

/** The one verb that says a projection. */
function sugarOf(
  { sugar, columns }: Project,
  own: readonly string[],
): Project['sugar'] | undefined {
  const names = columns.map(({ name }) => name);
  if (columns.every(isSame)) {
    const inOrder = own.filter((name) => names.includes(name));
    const isDrop = sugar === 'drop' && names.length < own.length && sameNames(names, inOrder);
    return isDrop ? 'drop' : 'select';
  }
  const head = columns.slice(0, own.length);
  const tail = columns.slice(own.length);
  if (head.length < own.length) return undefined;
  const changed = head.filter((one, index) => !isSame(one) || one.name !== own[index]);
  const olds = own.filter((_, index) => head[index] && changed.includes(head[index]));
  if (tail.length > 0) {
    const isNew = tail.every(
      ({ name, expression }) => !own.includes(name) && !isPseudonym(expression),
    );
    return changed.length === 0 && isNew ? 'derive' : undefined;
  }
  if (changed.every((one, index) => copied(one) === olds[index])) return 'rename';
  if (changed.every((one, index) => castOf(one) === olds[index] && one.name === olds[index]))
    return 'cast';
  const [only, ...more] = changed;
  if (only && more.length === 0 && pseudonymized(only) === olds[0])
    return own.includes(only.name) && only.name !== olds[0] ? undefined : 'pseudonymize';
  const isReplaced = changed.every(
    ({ name, expression }, index) => name === olds[index] && !isPseudonym(expression),
  );
  return isReplaced ? 'derive' : undefined;
}

/** A projection of all kinds at once, one verb after the other. */
class Steps {
  readonly #node: Project;
  #rows: Relation;
  #names: readonly string[];

  constructor(node: Project, passing: Temporaries) {
    this.#node = node;
    this.#rows = passing.rows;
    this.#names = passing.names;
  }

  /** `derive`, `replace`, `pseudonymize`, `select`, `rename`, as far as the columns need them. */
  through(columns: readonly ProjectedColumn[]): Relation {
    const own = this.#names;
    const computed = new Set(
      columns
        .filter((one) => copied(one) === undefined && !isPseudonym(one.expression))
        .map(({ name }) => name),
    );
    const places = livingOn(columns, computed);
    const isLiving = ({ name }: ProjectedColumn) => places.has(name);
    const fresh = columns.filter((one) => !isLiving(one)).map((one) => this.#plain(one));
    this.#derive(fresh.filter(({ name }) => !own.includes(name)));
    this.#replace(fresh.filter(({ name }) => own.includes(name)));
    for (const one of columns.filter(({ expression }) => isPseudonym(expression)))
      places.set(one.name, this.#pseudonymize(one, places.get(one.name) ?? `${one.name}_of`));
    const last = columns.map(({ name }) => places.get(name) ?? name);
    if (!sameNames(last, this.#names))
      this.#project(
        'select',
        last.map((name) => copyOf(name)),
      );
    const renamed = columns.map(({ name }, index) => copyOf(last[index] ?? name, name));
    if (!renamed.every(isSame)) this.#project('rename', renamed);
    return this.#rows;
  }

  /** What is computed for a column: of a further pseudonym, what it is made of. */
  #plain({ name, expression }: ProjectedColumn): ProjectedColumn {
    if (!isPseudonym(expression)) return { name, expression };
    return { name: `${name}_of`, expression: expression.arguments[0] ?? expression };
  }

  #derive(added: readonly ProjectedColumn[]): void {
    if (added.length > 0)
      this.#project('derive', [...this.#names.map((name) => copyOf(name)), ...added]);
  }

  #replace(changed: readonly ProjectedColumn[]): void {
    if (changed.length === 0) return;
    const by = new Map(changed.map((one) => [one.name, one]));
    this.#project(
      'derive',
      this.#names.map((name) => by.get(name) ?? copyOf(name)),
    );
  }

  /** Where the pseudonym stands then: not under its name where that is another column's still. */
  #pseudonymize({ name, expression }: ProjectedColumn, source: string): string {
    const isTaken = this.#names.includes(name) && name !== source;
    const as = isTaken ? `${name}_as` : name;
    const purpose = isPseudonym(expression) ? expression.arguments[1] : undefined;
    if (!purpose) throw new TypeError('expected a pseudonym');
    const operands = [copyOf(source).expression, purpose];
    const call: Expression = { kind: 'call', function: 'pseudonym', arguments: operands };
    this.#project(
      'pseudonymize',
      this.#names.map((own) => (own === source ? { name: as, expression: call } : copyOf(own))),
    );
    return as;
  }

  #project(sugar: Project['sugar'], columns: readonly ProjectedColumn[]): void {
    const from = { input: this.#rows };
    this.#rows = { kind: 'project', span: this.#node.span, sugar, columns, from };
    this.#names = columns.map(({ name }) => name);
  }
}

/**
 * Where each column that lives on stands before the last renaming. A column lives on once, and not where another is computed in its
 * place; further copies of it are computed.
 */
function livingOn(
  columns: readonly ProjectedColumn[],
  computed: ReadonlySet<string>,
): Map<string, string> {
  const places = new Map<string, string>();
  const taken = new Set<string>(computed);
  for (const one of [...columns.filter(isSame), ...columns.filter((each) => !isSame(each))]) {
    const source = copied(one) ?? pseudonymized(one);
    if (source === undefined || taken.has(source)) continue;
    taken.add(source);
    places.set(one.name, source);
  }
  const further = columns.filter(
    (one) => copied(one) !== undefined && !places.has(one.name) && !computed.has(one.name),
  );
  // A further copy may stand where a column lived on from.
  return further.length === 0
    ? places
    : livingOn(columns, new Set([...computed, ...further.map(({ name }) => name)]));
}

function copyOf(name: string, as: string = name): ProjectedColumn {
  return { name: as, expression: { kind: 'column', name } };
}

function isSame(one: ProjectedColumn): boolean {
  return copied(one) === one.name;
}

function copied({ expression }: ProjectedColumn): string | undefined {
  return expression.kind === 'column' ? expression.name : undefined;
}

function castOf({ expression }: ProjectedColumn): string | undefined {
  return expression.kind === 'cast' ? expression.input.name : undefined;
}

function pseudonymized({ expression }: ProjectedColumn): string | undefined {
  if (!isPseudonym(expression)) return undefined;
  const [operand] = expression.arguments;
  return operand?.kind === 'column' ? operand.name : undefined;
}

function isPlainPseudonym(expression: Expression): boolean {
  return isPseudonym(expression) && expression.arguments[0]?.kind === 'column';
}

function isPseudonym(expression: Expression): expression is CallExpression {
  return expression.kind === 'call' && expression.function === 'pseudonym';
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, index) => name === right[index]);
}
