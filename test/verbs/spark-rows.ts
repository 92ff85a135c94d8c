import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fitDecimal, parseDecimal } from '../../algebra/decimals.ts';
import { parseTimestamp, timestampText } from '../../algebra/instants.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Row, Value } from '../../algebra/row.ts';
import type { Schema } from '../../algebra/schema.ts';
import type { DataType } from '../../algebra/types.ts';
import { buildTransform, emitTransform } from '../../codegen/pyspark/transform.ts';
import { GLUE_VERSIONS, type GlueVersion } from '../../runtime/toolchain.ts';
import { warmSpark } from '../runtime/warm-spark.ts';
import { caseKey } from './checked-case.ts';

/** Versions to compare with: those of `LAKEWRIGHT_SPARK` (`3.5`, `4.1` or `both`); 3.5 unless it says otherwise. */
export function sparkVersions(): readonly GlueVersion[] {
  const asked = process.env['LAKEWRIGHT_SPARK'] ?? '3.5';
  if (asked === 'both') return GLUE_VERSIONS;
  return [asked === '4.1' ? '6.0' : '5.1'];
}

/** A relation and what its rows are computed from. */
export interface SparkCase {
  readonly relation: Relation;
  schema(relation: Relation): Schema;
  /** By `zone.table`. */
  readonly tables: ReadonlyMap<string, readonly Row[]>;
  readonly consentAsOf: bigint;
  /** Into how many parts each table is split; as Spark does it by default. */
  readonly parts?: number;
  /** Whether Spark computes it without making Java of it, which takes two thirds of the time; on Glue it makes Java. */
  readonly isInterpreted?: boolean;
  /** Changes the script before it runs. */
  readonly rewrite?: (script: string) => string;
}

/** What Spark made of a case. */
export interface SparkAnswer {
  /** Columns and Spark's names of their types. */
  readonly types: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

const runner = fileURLToPath(new URL('./run_cases.py', import.meta.url));
const support = fileURLToPath(new URL('../../codegen/support', import.meta.url));

/** The rows that the generated `transform` of each case makes on Spark, or why that fails. */
export async function sparkRows(
  glue: GlueVersion,
  cases: readonly SparkCase[],
): Promise<readonly (SparkAnswer | Error)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lakewright-cases-'));
  try {
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases.map(writtenCase)));
    for (const [index, one] of cases.entries()) {
      const text = emitTransform(one.relation, { schema: one.schema });
      writeFileSync(join(folder, `${nameOf(index)}.py`), one.rewrite?.(text) ?? text);
    }
    const { spark } = await warmSpark(glue);
    const told = await spark.transform(runner, {}, { folder, key: caseKey }, [support]);
    return cases.map((one, index) => answerOf(told, nameOf(index), one.schema(one.relation)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function nameOf(index: number): string {
  return `case_${index}`;
}

function writtenCase(one: SparkCase, index: number) {
  const { inputs, needs } = buildTransform(one.relation, { schema: one.schema });
  const given = inputs.map(({ parameter, table, schema }) => {
    const ddl = schema.map(({ name, type }) => `\`${name}\` ${ddlType(type)}`).join(', ');
    const rows = one.tables.get(table) ?? [];
    const texts = rows.map((row) => jsonRow(row, schema));
    return [parameter, { schema: ddl, rows: texts, parts: one.parts ?? null }] as const;
  });
  return {
    name: nameOf(index),
    interpreted: one.isInterpreted ?? false,
    inputs: Object.fromEntries(given),
    parameters: {
      ...(needs.consentAsOf ? { consent_as_of: Number(one.consentAsOf) } : {}),
      ...(needs.pseudonymKey ? { needs_key: true } : {}),
    },
  };
}

function ddlType(type: DataType): string {
  switch (type.kind) {
    case 'long':
      return 'bigint';
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'array':
      return `array<${ddlType(type.element)}>`;
    case 'struct':
      return `struct<${type.fields.map(({ name, type: one }) => `\`${name}\`: ${ddlType(one)}`).join(',')}>`;
    case 'map':
      return `map<${ddlType(type.key)},${ddlType(type.value)}>`;
    default:
      return type.kind;
  }
}

/** JSON with all digits of a long. */
function jsonRow(row: Row, schema: Schema): string {
  const cells = schema.map(
    ({ name, type }) => `${JSON.stringify(name)}:${json(row[name] ?? null, type)}`,
  );
  return `{${cells.join(',')}}`;
}

function json(value: Value, type: DataType): string {
  if (value === null) return 'null';
  if (type.kind === 'timestamp' && typeof value === 'bigint') {
    return JSON.stringify(timestampText(value));
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return JSON.stringify(String(value));
    return Object.is(value, -0) ? '-0.0' : String(value);
  }
  if (type.kind === 'struct' && typeof value === 'object' && !Array.isArray(value)) {
    const fields = value as Readonly<Record<string, Value>>;
    const cells = type.fields.map(
      ({ name, type: one }) => `${JSON.stringify(name)}:${json(fields[name] ?? null, one)}`,
    );
    return `{${cells.join(',')}}`;
  }
  if (type.kind === 'array' && Array.isArray(value)) {
    return `[${(value as readonly Value[]).map((one) => json(one, type.element)).join(',')}]`;
  }
  if (type.kind === 'map' && Array.isArray(value)) {
    const pairs = value as readonly (readonly [string, Value])[];
    return `{${pairs.map(([key, one]) => `${JSON.stringify(key)}:${json(one, type.value)}`).join(',')}}`;
  }
  return type.kind === 'decimal' || typeof value === 'bigint'
    ? String(value)
    : JSON.stringify(value);
}

function answerOf(
  told: readonly Readonly<Record<string, unknown>>[],
  name: string,
  schema: Schema,
): SparkAnswer | Error {
  const lines = told.filter((line) => line['name'] === name);
  const texts = (kind: string) =>
    lines
      .filter((line) => line['kind'] === kind)
      .map((line) => JSON.parse(String(line['text'])) as unknown);
  const error = lines.find((line) => line['kind'] === 'error');
  if (error) return new Error(String(error['text']));
  const types = texts('schema')[0] as Readonly<Record<string, string>>;
  const rows = (texts('row') as (string | null)[][]).map((cells) =>
    rowOf(Object.keys(types), cells, schema),
  );
  return { types, rows };
}

function rowOf(names: readonly string[], cells: readonly (string | null)[], schema: Schema): Row {
  const entries = names.map((name, index) => {
    const type = schema.find((column) => column.name === name)?.type;
    const text = cells[index] ?? null;
    return [name, text === null || !type ? text : readValue(text, type)] as const;
  });
  return Object.fromEntries(entries);
}

/** A value of the text that `run_cases.py` makes of it: nested ones are JSON with texts in it. */
function readValue(text: string, type: DataType): Value {
  const isNested = type.kind === 'array' || type.kind === 'struct' || type.kind === 'map';
  return isNested ? nestedValue(JSON.parse(text) as Texts, type) : typedValue(text, type);
}

type Texts = string | null | readonly Texts[] | { readonly [name: string]: Texts };

function nestedValue(texts: Texts, type: DataType): Value {
  if (texts === null) return null;
  if (typeof texts === 'string') return typedValue(texts, type);
  if (type.kind === 'array') {
    return (texts as readonly Texts[]).map((one) => nestedValue(one, type.element));
  }
  const entries = Object.entries(texts);
  if (type.kind === 'map') {
    return entries.map(([key, one]) => [typedValue(key, type.key), nestedValue(one, type.value)]);
  }
  const fields = type.kind === 'struct' ? type.fields : [];
  const typeOf = (name: string) => fields.find((one) => one.name === name)?.type;
  return Object.fromEntries(
    entries.map(([name, one]) => [name, nestedValue(one, typeOf(name) ?? { kind: 'string' })]),
  );
}

/** A value of the text that Spark casts it to. */
function typedValue(text: string, type: DataType): Value {
  switch (type.kind) {
    case 'int':
    case 'double':
      return Number(text);
    case 'long':
      return BigInt(text);
    case 'boolean':
      return text === 'true';
    case 'timestamp':
      return parseTimestamp(text) ?? text;
    case 'decimal': {
      const parsed = parseDecimal(text);
      return parsed ? fitDecimal(parsed.value, parsed.scale, type) : text;
    }
    default:
      return text;
  }
}

/** Spark's name of each column's type. */
export function sparkTypes(schema: Schema): Readonly<Record<string, string>> {
  // Spark's own text of a struct quotes no name, and has no space.
  const text = (type: DataType) => ddlType(type).replaceAll(/`(\w+)`: /g, '$1:');
  return Object.fromEntries(schema.map(({ name, type }) => [name, text(type)]));
}
