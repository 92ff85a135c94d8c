import type { Sql } from '../../algebra/verbs/sql.ts';
import { dict, method, text } from '../python/build.ts';
import { hiveType } from '../resources/hive-type.ts';
import type { Emitter } from './emitter.ts';
import { lakewright } from './symbols.ts';

/** `lakewright.sql(frame, "SELECT ...", {"name": "bigint"})`, and `lakewright.pyspark(...)` likewise. */
export const sql: Emitter<Sql> = {
  kind: 'sql',
  result: () => 'queried',
  changesRows: true,
  emit({ query, columns, language }, { input }) {
    const types = columns.map(({ name, type }) => ({
      key: text(name),
      value: text(hiveType(type)),
    }));
    return {
      value: method(lakewright, language ?? 'sql', [input.frame, text(query), dict(types)]),
      order: columns.map(({ name }) => name),
    };
  },
};
