import { type Library, type Stream, type Table, tableId } from '../algebra/library.ts';
import { findColumn } from '../algebra/schema.ts';
import { sameType, typeName } from '../algebra/types.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';
import { declaredSchema } from './declared-frame.ts';
import type { Pass } from './knowledge.ts';

/** Streams that are delivered into a table say the same as the table: what arrives there is what was declared. */
export const streams: Pass = {
  name: 'streams',
  run: ({ library }) => ({
    diagnostics: (library.streams ?? []).flatMap((stream) => deliveryProblems(stream, library)),
    learnt: {},
  }),
};

function deliveryProblems(stream: Stream, library: Library): readonly Diagnostic[] {
  const table = library.tables.find((one) => tableId(one) === stream.deliveredTo);
  if (!table) return [];
  const differences = [...columnDifferences(stream, table), ...rowDifferences(stream, table)];
  if (differences.length === 0) return [];
  const because = [{ text: `${tableId(table)} is declared here`, span: table.span }];
  const parameters = { stream: stream.name, table: tableId(table), differences };
  return [diagnostic('schema/stream-disagrees', parameters, { span: stream.span, because })];
}

function columnDifferences(stream: Stream, table: Table): readonly string[] {
  const sent = declaredSchema(stream);
  const landed = declaredSchema(table);
  const folders = table.partitionedBy ?? [];
  const missing = landed
    .filter(({ name }) => !findColumn(sent, name) && !folders.includes(name))
    .map(({ name }) => `${name} is not in the stream`);
  return [
    ...missing,
    ...sent.flatMap((column) => {
      const { name, type, nullable, labels, band } = column;
      const other = findColumn(landed, name);
      if (!other) return [`${name} is not in the table`];
      if (!sameType(type, other.type))
        return [
          `${name} is ${typeName(type)} in the stream and ${typeName(other.type)} in the table`,
        ];
      const said = [
        ...(nullable && !other.nullable ? [`${name} can be null in the stream only`] : []),
        ...(band === other.band ? [] : [`${name} has bands of another width`]),
      ];
      const [here, there] = [labels, other.labels].map(
        (all) => [...all].sort().join(', ') || 'nothing',
      );
      return here === there
        ? said
        : [...said, `${name} is labelled ${here} in the stream and ${there} in the table`];
    }),
  ];
}

function rowDifferences(stream: Stream, table: Table): readonly string[] {
  const consents = ({ consents: all }: Table) =>
    JSON.stringify(
      all.map((one) => [one.purpose, one.grantedAt, one.withdrawnAt, one.version]).sort(),
    );
  return [
    ...(stream.owner?.column === table.owner?.column ? [] : ['`about` is another column']),
    ...(stream.eventTime === table.eventTime ? [] : ['`eventTime` is another column']),
    ...(consents(stream) === consents(table) ? [] : ['`consent` is another']),
  ];
}
