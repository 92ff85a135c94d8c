import type { Relation } from '../algebra/relation.ts';
import { type Column, findColumn, isColumnName, type Schema } from '../algebra/schema.ts';
import type { Span } from '../algebra/span.ts';
import { type DataType, holdsMap, type StructType, typeName } from '../algebra/types.ts';
import { type Diagnostic, diagnostic, named } from '../diagnostics/index.ts';
import type { Pass } from './knowledge.ts';

/** Types and keys that Spark 3.5.6 (Glue 5.1) and Spark 4.1.1 (Glue 6.0) both have, and mean alike. */
export const portability: Pass = {
  name: 'portability',
  run({ library, schemas }) {
    const declared = library.tables.flatMap((table) =>
      table.columns.flatMap((column) => typeProblems(column.name, column.type, column.span)),
    );
    const derived = [...schemas].flatMap(([node, columns]) => [
      ...newColumns(node, columns, schemas).flatMap((column) =>
        typeProblems(column.name, column.type, node.span),
      ),
      ...groupKeyProblems(node, columns),
    ]);
    return { diagnostics: [...declared, ...derived], learnt: {} };
  },
};

/** Columns whose type no input has under that name; those of tables were looked at in their declarations. */
function newColumns(
  node: Relation,
  columns: Schema,
  schemas: ReadonlyMap<Relation, Schema>,
): readonly Column[] {
  const inputs = Object.values(node.from).flatMap((input: Relation) => schemas.get(input) ?? []);
  if (inputs.length === 0) return [];
  const known = new Set(inputs.map((column) => `${column.name} ${typeName(column.type)}`));
  return columns.filter((column) => !known.has(`${column.name} ${typeName(column.type)}`));
}

const keyKinds: readonly DataType['kind'][] = [
  'string',
  'int',
  'long',
  'boolean',
  'date',
  'timestamp',
];

function typeProblems(column: string, type: DataType, span: Span): readonly Diagnostic[] {
  switch (type.kind) {
    case 'decimal': {
      const { precision, scale } = type;
      const whole = Number.isInteger(precision) && Number.isInteger(scale);
      if (whole && 1 <= precision && precision <= 38 && 0 <= scale && scale <= precision) return [];
      return [diagnostic('portability/decimal', { column, type: typeName(type) }, { span })];
    }
    case 'array':
      return typeProblems(column, type.element, span);
    case 'map':
      return [
        ...(keyKinds.includes(type.key.kind)
          ? []
          : [diagnostic('portability/map-key', { column, type: typeName(type.key) }, { span })]),
        ...typeProblems(column, type.value, span),
      ];
    case 'struct':
      return structProblems(column, type, span);
    default:
      return [];
  }
}

function structProblems(column: string, type: StructType, span: Span): readonly Diagnostic[] {
  const say = (why: string) => diagnostic('portability/struct-fields', { column, why }, { span });
  const lower = type.fields.map((field) => field.name.toLowerCase());
  const twice = type.fields.find((field, index) => lower.indexOf(field.name.toLowerCase()) < index);
  const bad = type.fields.find((field) => !isColumnName(field.name));
  return [
    ...(type.fields.length === 0 ? [say('has no field')] : []),
    ...(twice ? [say(`has the field ${named(twice.name)} twice, case aside`)] : []),
    ...(bad ? [say(`has the field ${named(bad.name)}, expected letters, digits and _`)] : []),
    ...type.fields.flatMap((field) => typeProblems(`${column}.${field.name}`, field.type, span)),
  ];
}

/** Columns of a step that rows cannot be grouped by: Spark compares no maps. */
export function groupKeyProblems(node: Relation, columns: Schema): readonly Diagnostic[] {
  if (!('by' in node)) return [];
  const verb = 'sugar' in node ? node.sugar : 'groupBy';
  return node.by.flatMap((name) => {
    const column = findColumn(columns, name);
    if (!column || !holdsMap(column.type)) return [];
    const parameters = { column: name, type: typeName(column.type), verb };
    return [diagnostic('portability/group-key', parameters, { span: node.span })];
  });
}
