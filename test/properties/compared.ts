import type { Relation } from '../../algebra/relation.ts';
import type { Row, Value } from '../../algebra/row.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { checkedCase, sampleOf } from '../verbs/checked-case.ts';
import { comparable } from '../verbs/row-comparison.ts';
import { type SparkAnswer, type SparkCase, sparkTypes } from '../verbs/spark-rows.ts';
import { STATISTIC } from './measures.ts';
import type { Program } from './programs.ts';

/** A program for Spark; made Java of, as on Glue, unless it says otherwise. */
export function sparkCase({ given, relation }: Program): SparkCase {
  const { checked, tables } = checkedCase(given, relation);
  const schema = (of: Relation) => checked.frames.get(of)?.schema ?? [];
  return { relation, schema, tables, consentAsOf: 0n };
}

/** What is wrong with Spark's answer, next to the interpreter's; undefined where they are equal. */
export function difference(
  { given, relation }: Program,
  answer: SparkAnswer | Error | undefined,
): string | undefined {
  if (!answer || answer instanceof Error) return String(answer);
  const written = checkedCase(given, relation);
  const rows = interpretRelation(written.checked, relation, sampleOf(written, 0n));
  const wanted = {
    types: sparkTypes(written.frame?.schema ?? []),
    rows: comparable(rows.map(settled)),
  };
  const found = { types: answer.types, rows: comparable(answer.rows.map(settled)) };
  if (JSON.stringify(found) === JSON.stringify(wanted)) return undefined;
  const types =
    JSON.stringify(found.types) === JSON.stringify(wanted.types) ? '' : typesText(found);
  return `${types}  only Spark:\n    ${only(found.rows, wanted.rows)}\n  only the interpreter:\n    ${only(wanted.rows, found.rows)}`;
}

/** A row whose statistics are zero where only what adding up in another order leaves is not. */
function settled(row: Row): Row {
  const isRest = (name: string, value: Value | undefined) =>
    name.startsWith(STATISTIC) && typeof value === 'number' && Math.abs(value) < 1e-9;
  const cells = Object.entries(row).map(([name, value]) => [name, isRest(name, value) ? 0 : value]);
  return Object.fromEntries(cells);
}

function typesText({ types }: Pick<SparkAnswer, 'types'>): string {
  return `  other types: ${JSON.stringify(types)}\n`;
}

/** The rows of one multiset that the other lacks. */
export function only(some: readonly string[], others: readonly string[]): string {
  const left = [...others];
  const isExtra = (row: string) => left.indexOf(row) < 0 || !left.splice(left.indexOf(row), 1);
  return some.filter(isExtra).join('\n    ');
}
