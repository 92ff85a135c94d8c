import { expressionFacts } from '../../algebra/expression-facts.ts';
import type { Expression, LiteralExpression } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import { columnNames, type Schema } from '../../algebra/schema.ts';
import type { Span } from '../../algebra/span.ts';
import { type DataType, string } from '../../algebra/types.ts';
import type { Project, ProjectedColumn } from '../../algebra/verbs/project.ts';
import { isPlain } from './constants.ts';

/** Passing columns beside a step's own: what an author writes down before the step that needs it. */
export class Temporaries {
  readonly schema: Schema;
  readonly #span: Span;
  #rows: Relation;
  #names: readonly string[];
  #count = 0;

  constructor(schema: Schema, rows: Relation, span: Span) {
    this.schema = schema;
    this.#rows = rows;
    this.#names = columnNames(schema);
    this.#span = span;
  }

  /** The rows with all passing columns so far. */
  get rows(): Relation {
    return this.#rows;
  }

  /** Their columns. */
  get names(): readonly string[] {
    return this.#names;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** The type of an expression over the step's own columns. */
  typeOf(expression: Expression): DataType | undefined {
    const { value, problems } = expressionFacts(expression, this.schema, this.#span);
    return problems.length === 0 ? value.type : undefined;
  }

  /** A column with a value. */
  hold(value: Expression): Expression {
    const name = this.#fresh();
    const kept = this.#names.map((own) => copyOf(own));
    this.#project('derive', [...kept, { name, expression: value }]);
    return column(name);
  }

  /** The value itself where an author can call methods on it, else a column with it. */
  column(value: Expression): Expression {
    return value.kind === 'literal' ? this.constant(value) : value;
  }

  /** A column with a constant. */
  constant({ type, value }: LiteralExpression): Expression {
    if (isPlain({ kind: 'literal', type, value }))
      return this.hold({ kind: 'literal', type, value });
    return this.cast({ kind: 'literal', type: string, value: String(value) }, type);
  }

  /** A column with a value as another type. */
  cast(value: Expression, to: DataType): Expression {
    const held = nameOf(this.hold(value));
    const input = { kind: 'column', name: held } as const;
    this.#replace('cast', held, { name: held, expression: { kind: 'cast', to, input } });
    return input;
  }

  /** A column with the pseudonym of a value. */
  pseudonym(value: Expression, purpose: Expression): Expression {
    const held = this.hold(value);
    const name = this.#fresh();
    const expression = {
      kind: 'call',
      function: 'pseudonym',
      arguments: [held, purpose],
    } as const;
    this.#replace('pseudonymize', nameOf(held), { name, expression });
    return column(name);
  }

  /** A step's rows without the passing columns. */
  without(rows: Relation, names: readonly string[]): Relation {
    const columns = names.map((name) => copyOf(name));
    return { kind: 'project', span: this.#span, sugar: 'select', columns, from: { input: rows } };
  }

  #fresh(): string {
    for (;;) {
      this.#count += 1;
      const name = `passing${this.#count}`;
      if (!this.#names.includes(name)) return name;
    }
  }

  #replace(sugar: Project['sugar'], old: string, by: ProjectedColumn): void {
    this.#project(
      sugar,
      this.#names.map((name) => (name === old ? by : copyOf(name))),
    );
  }

  #project(sugar: Project['sugar'], columns: readonly ProjectedColumn[]): void {
    const from = { input: this.#rows };
    this.#rows = { kind: 'project', span: this.#span, sugar, columns, from };
    this.#names = columns.map(({ name }) => name);
  }
}

function column(name: string): Expression {
  return { kind: 'column', name };
}

function nameOf(expression: Expression): string {
  if (expression.kind !== 'column') throw new TypeError('expected a column');
  return expression.name;
}

function copyOf(name: string): ProjectedColumn {
  return { name, expression: column(name) };
}
