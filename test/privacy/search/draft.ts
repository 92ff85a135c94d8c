import { columnsRead } from '../../../algebra/expressions.ts';
import { type Table, tableId } from '../../../algebra/library.ts';
import type { Relation } from '../../../algebra/relation.ts';
import { columnNames, findColumn, type Schema } from '../../../algebra/schema.ts';
import type { Surroundings, Verb } from '../../../algebra/verb.ts';
import { verbs } from '../../../algebra/verbs/index.ts';
import { declaredSchema } from '../../../check/declared-frame.ts';
import { nowhere, project } from '../../verbs/nodes.ts';
import type { Random } from './random.ts';
import { searchTables } from './tables.ts';

/** A library in the making: what may be chosen next. It knows names and types of columns, and nothing of privacy. */
export class Draft {
  readonly random: Random;
  /** Whether steps are chosen as by somebody who knows the rules. */
  readonly careful: boolean;
  /** What the library is for. */
  purpose = 'research';
  readonly #schemas = new Map<Relation, Schema>();
  readonly #tables = new Map<string, Schema>();
  #names = 0;

  constructor(random: Random, careful = false) {
    this.random = random;
    this.careful = careful;
    for (const table of searchTables) this.#tables.set(tableId(table), declaredSchema(table));
  }

  /** The columns of a relation; undefined where it cannot be. */
  schema(relation: Relation): Schema | undefined {
    const known = this.#schemas.get(relation);
    if (known) return known;
    const inputs: Record<string, Schema> = {};
    for (const [name, input] of Object.entries(relation.from)) {
      const schema = this.schema(input);
      if (!schema) return undefined;
      inputs[name] = schema;
    }
    const surroundings: Surroundings = {
      consents: (id) => searchTables.find((table) => tableId(table) === id)?.consents ?? [],
      frame: (id) => {
        const schema = this.#tables.get(id);
        return schema && { schema, state: { kind: 'public' } };
      },
    };
    // The registry is total over the kinds; TypeScript cannot correlate the entry with the node.
    const verb = verbs[relation.kind] as Verb<Relation>;
    const { value, problems } = verb.schema(relation, inputs as never, surroundings);
    if (problems.length > 0 || !hasNames(relation, value)) return undefined;
    this.#schemas.set(relation, value);
    return value;
  }

  /** The names of a relation's columns. */
  names(relation: Relation): readonly string[] {
    return columnNames(this.schema(relation) ?? []);
  }

  /** The columns of a relation that play a part: `email` and, after a join with itself, `email2`. */
  playing(relation: Relation, ...parts: readonly string[]): readonly string[] {
    return this.names(relation).filter((name) => parts.includes(partOf(name)));
  }

  typed(relation: Relation, kind: string): readonly string[] {
    return (this.schema(relation) ?? [])
      .filter((column) => column.type.kind === kind)
      .map((column) => column.name);
  }

  /** Lets later jobs read what one writes. */
  write(id: string, relation: Relation): void {
    this.#tables.set(id, this.schema(relation) ?? []);
  }

  fresh(part: string): string {
    this.#names += 1;
    return `${part}${this.#names}`;
  }

  /** The same rows without names that another relation has, the columns joined on aside. */
  apart(relation: Relation, from: Relation, joined: readonly string[]): Relation {
    const taken = new Set(this.names(from));
    const columns = this.names(relation).map((name) => [
      taken.has(name) && !joined.includes(name) ? this.fresh(partOf(name)) : name,
      name,
    ]);
    if (columns.every(([to, name]) => to === name)) return relation;
    return project(relation, Object.fromEntries(columns), 'rename');
  }
}

/** The part that a column plays, whatever number a join gave it. */
export function partOf(name: string): string {
  return name.replace(/\d+$/, '');
}

export function read(table: Table | string): Relation {
  const id = typeof table === 'string' ? table : tableId(table);
  return { kind: 'source', span: nowhere, table: id, from: {} };
}

/** Some rules of columns are asked of the states' rules only. */
function hasNames(relation: Relation, schema: Schema): boolean {
  const has = (name: string) => findColumn(schema, name) !== undefined;
  if (relation.kind === 'keepConsented') {
    const columns = relation.consents.flatMap((one) => [
      one.grantedAt,
      one.version,
      ...(one.withdrawnAt === undefined ? [] : [one.withdrawnAt]),
    ]);
    return [relation.subject, ...columns].every(has);
  }
  if (relation.kind === 'filter') return columnsRead(relation.where).every(has);
  return new Set(columnNames(schema)).size === schema.length;
}
