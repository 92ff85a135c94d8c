import fc from 'fast-check';
import type { Expression } from '../../algebra/expressions.ts';
import type { Schema } from '../../algebra/schema.ts';
import { boolean, type DataType, double, int, long, string } from '../../algebra/types.ts';
import { jsonTexts } from '../functions/random-json.ts';
import { call, literal, struct } from '../verbs/nodes.ts';
import type { Draw } from './draw.ts';
import { expression } from './expressions.ts';

/** Texts that are JSON or nearly: made of a row's values, or constants. */
export function jsonText(draw: Draw, schema: Schema): Expression {
  const how = draw(fc.integer({ min: 0, max: 5 }));
  if (how === 0) return literal('string', draw(jsonTexts));
  // Text of computed doubles has known differences.
  const of = (type: DataType) => expression(draw, schema, type, type === double ? 0 : 1);
  const inner = struct({ a: of(int), s: of(string), kind: of(string) });
  const list = call('listOf', of(long), of(long));
  const whole = struct({
    a: of(int),
    s: of(string),
    l: list,
    d: of(double),
    b: of(boolean),
    n: inner,
  });
  const listed = call('listOf', inner, struct({ a: of(int), s: of(string), kind: of(string) }));
  const made = call('toJson', how < 4 ? whole : listed);
  if (how > 1) return made;
  return call('concat', made, literal('string', ' x'), of(string));
}
