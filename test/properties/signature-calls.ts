import fc from 'fast-check';
import type { Expression } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Schema } from '../../algebra/schema.ts';
import { boolean, type DataType } from '../../algebra/types.ts';
import { reals } from '../functions/real.ts';
import { expressionOf, operandNames, type Signature, variablesOf } from '../functions/signature.ts';
import { signatures } from '../functions/signatures.ts';
import { typeOf } from '../verbs/given.ts';
import { branch, call, column, literal, project, struct } from '../verbs/nodes.ts';
import { type Draw, fresh, pick } from './draw.ts';
import { expression } from './expressions.ts';
import { jsonText } from './json-calls.ts';
import type { Place } from './steps.ts';

const inexact = new Set(reals.map(({ name }) => name));
const sound = signatures.filter(({ rows, bands }) => rows && !bands);
const families = {
  exact: sound.filter(({ name }) => !inexact.has(name)),
  inexact: sound.filter(({ name }) => inexact.has(name)),
};

/**
 * Columns that functions make of others, such as their own cases have.
 * @param which those of which all digits agree, or those whose last digit may differ from Spark's
 */
export function called(which: keyof typeof families, { draw, input, schema }: Place): Relation {
  const copies = Object.fromEntries(schema.map(({ name }) => [name, column(name)]));
  const operands: Record<string, Expression> = {};
  const results: Record<string, Expression> = {};
  for (const place of [1, 2]) {
    const signature = drawn(draw, families[which]);
    const names = variablesOf(signature).map((type, index) => {
      const name = fresh(schema, `o${place}${index}_`);
      operands[name] = operandOf(draw, schema, typeOf(type), signature);
      return [operandNames[index] ?? '', name] as const;
    });
    results[fresh(schema, `f${place}_`)] = renamed(expressionOf(signature), new Map(names));
  }
  const made = project(input, { ...copies, ...operands }, 'derive');
  return project(made, { ...copies, ...results }, 'derive');
}

function drawn(draw: Draw, from: readonly Signature[]): Signature {
  const name = draw.rare([...new Set(from.map((one) => one.name))]);
  return pick(
    draw,
    from.filter((one) => one.name === name),
  );
}

function operandOf(draw: Draw, schema: Schema, type: DataType, { name }: Signature): Expression {
  const of = (part: DataType) => operandOf(draw, schema, part, { name, of: [] });
  switch (type.kind) {
    case 'array':
      return perhaps(draw, schema, listed(draw, type, of));
    case 'map':
      return perhaps(
        draw,
        schema,
        call(
          'mapOf',
          literal('string', 'a'),
          of(type.value),
          literal('string', ''),
          of(type.value),
        ),
      );
    case 'struct':
      return struct(Object.fromEntries(type.fields.map((one) => [one.name, of(one.type)])));
    case 'string':
      return /json/i.test(name) ? jsonText(draw, schema) : expression(draw, schema, type, 1);
    default:
      // Text of computed doubles has known differences.
      return expression(draw, schema, type, type.kind === 'double' && isTexts(name) ? 0 : 1);
  }
}

function isTexts(name: string): boolean {
  return name === 'toJson' || name === 'cast to string';
}

/** One to four elements, or of these all but the first. */
function listed(
  draw: Draw,
  { element }: Extract<DataType, { kind: 'array' }>,
  of: (type: DataType) => Expression,
): Expression {
  const elements = Array.from({ length: draw(fc.integer({ min: 1, max: 4 })) }, () => of(element));
  const list = call('listOf', ...elements);
  const isNested = ['array', 'map', 'struct'].includes(element.kind);
  if (isNested || draw(fc.integer({ min: 0, max: 3 })) > 0) return list;
  return call('slice', list, literal('int', 2), literal('int', 4));
}

/** Null now and then. */
function perhaps(draw: Draw, schema: Schema, value: Expression): Expression {
  if (draw(fc.boolean())) return value;
  return { kind: 'case', branches: [branch(expression(draw, schema, boolean, 1), value)] };
}

/** The expression over columns of other names. */
function renamed<T>(part: T, names: ReadonlyMap<string, string>): T {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map((one) => renamed(one, names)) as T;
  const entries = Object.entries(part).map(([key, one]) => [key, renamed(one, names)]);
  const copied = Object.fromEntries(entries) as T & {
    readonly kind?: unknown;
    readonly name?: unknown;
  };
  if (copied.kind !== 'column') return copied;
  return { ...copied, name: names.get(String(copied.name)) };
}
