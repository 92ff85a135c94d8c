import { inOrder } from '../algebra/fold.ts';
import { type Job, sinkId } from '../algebra/library.ts';
import type { Relation } from '../algebra/relation.ts';
import { findColumn, type Schema } from '../algebra/schema.ts';
import { describeExpectation, type Stated } from '../algebra/table-expectations.ts';
import type { Expect } from '../algebra/verbs/expect.ts';
import type { CheckedLibrary } from '../check/index.ts';
import { columnSql, conditionSql } from './condition-sql.ts';
import { both, document, number, type Rule, rule } from './dqdl.ts';
import { tableArgument } from './resources/job.ts';

/**
 * `quality/<zone>.<table>.dqdl` for each table of which something is expected: the same in the language of Glue Data Quality, to look
 * at the published table from outside. Each run's script looks by itself, before it publishes. Text by path.
 */
export function qualityRules(checked: CheckedLibrary): ReadonlyMap<string, string> {
  return new Map(rulesets(checked).map(({ table, text }) => [`quality/${table}.dqdl`, text]));
}

/** What is expected of one table. */
export interface Ruleset {
  /** Id of the table. */
  readonly table: string;
  /** In the Data Quality Definition Language. */
  readonly text: string;
  /** How many rules it holds; what the language cannot say is a comment. */
  readonly rules: number;
}

/** Of each table of which something is expected, in the order of the jobs. */
export function rulesets(checked: CheckedLibrary): readonly Ruleset[] {
  return checked.jobs.flatMap(({ job }) => {
    const schema = checked.frames.get(job.rows)?.schema ?? [];
    const said = [...ofTable(job, schema), ...ofRows(job.rows)];
    if (said.length === 0) return [];
    const table = sinkId(job.sink);
    const rules = said.flatMap((one) => one.rule ?? []);
    const comments = [`What is expected of ${table}.`, ...said.map(commentOn)];
    return [{ table, text: document(comments, rules), rules: rules.length }];
  });
}

interface Said {
  /** What is expected, in the author's words or as declared. */
  readonly name: string;
  readonly onUnmet: string;
  /** Absent where the language cannot say it. */
  readonly rule?: Rule;
  /** What whoever evaluates it has to know. */
  readonly note?: string;
}

function commentOn({ name, onUnmet, rule: found, note }: Said): string {
  const left = found === undefined ? ', looked at by the script alone' : '';
  return `${onUnmet}: ${name}${left}${note === undefined ? '' : ` (${note})`}`;
}

function ofTable({ expectations = [] }: Job, schema: Schema): readonly Said[] {
  return expectations.map((one) => ({
    name: describeExpectation(one),
    onUnmet: one.onUnmet,
    rule: ruleOf(one, schema),
    ...(one.kind === 'references'
      ? { note: `with ${one.table} as data source ${tableArgument(one.table)}` }
      : {}),
  }));
}

function ruleOf(one: Stated, schema: Schema): Rule {
  switch (one.kind) {
    case 'unique': {
      // How the language counts null is not said, so it is asked only of columns that have none.
      const isKnown = one.columns.every((name) => findColumn(schema, name)?.nullable === false);
      if (isKnown) return rule(one.columns.length === 1 ? 'IsUnique' : 'IsPrimaryKey', one.columns);
      const columns = one.columns.map(columnSql).join(', ');
      return sql(`SELECT count(*) - count(DISTINCT struct(${columns})) FROM primary`, '= 0');
    }
    case 'rowCount':
      return both(boundsOf(one).map((bound) => rule('RowCount', [], bound)));
    case 'complete':
      if (one.share === 1) return rule('IsComplete', [one.column]);
      return rule('Completeness', [one.column], `>= ${number(one.share)}`);
    case 'mean':
      return both(boundsOf(one).map((bound) => rule('Mean', [one.column], bound)));
    case 'fresh': {
      const column = columnSql(one.column);
      const isTimestamp = findColumn(schema, one.column)?.type.kind === 'timestamp';
      const newest = isTimestamp ? `unix_millis(max(${column}))` : `max(${column})`;
      const age = `(unix_millis(current_timestamp()) - ${newest}) / 3600000`;
      return sql(`SELECT ${age} FROM primary`, `<= ${number(one.hours)}`);
    }
    case 'references': {
      const [own, other] = [columnSql(one.column), columnSql(one.of)];
      const alias = columnSql(tableArgument(one.table));
      const dangling = `FROM primary LEFT ANTI JOIN ${alias} ON primary.${own} = ${alias}.${other}`;
      return sql(`SELECT count(*) ${dangling} WHERE ${own} IS NOT NULL`, '= 0');
    }
  }
}

function boundsOf({ least, most }: { readonly least?: number; readonly most?: number }) {
  return [
    ...(least === undefined ? [] : [`>= ${number(least)}`]),
    ...(most === undefined ? [] : [`<= ${number(most)}`]),
  ];
}

/** What is expected of rows holds of the table's where no other step follows. */
function ofRows(root: Relation): readonly Said[] {
  const last: Expect[] = [];
  for (let node = root; node.kind === 'expect'; node = node.from.input) last.push(node);
  const steps = inOrder(root).filter((node) => node.kind === 'expect');
  return steps.flatMap((node) =>
    node.expectations.map(({ name, where }): Said => {
      const condition = last.includes(node) ? conditionSql(where) : undefined;
      if (condition === undefined) return { name, onUnmet: node.onUnmet };
      const unmet = `SELECT count(*) FROM primary WHERE NOT coalesce(${condition}, false)`;
      return { name, onUnmet: node.onUnmet, rule: sql(unmet, '= 0') };
    }),
  );
}

function sql(statement: string, condition: string): Rule {
  return rule('CustomSql', [statement], condition);
}
