import { declarationsOf, sinkId, type Table, tableId } from '../algebra/library.ts';
import type { Inputs, Relation } from '../algebra/relation.ts';
import type { Schema } from '../algebra/schema.ts';
import type { Frame, Surroundings, Verb } from '../algebra/verb.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';
import { declaredSchema, declaredState, identifyingColumns } from './declared-frame.ts';
import { elapsedTimeProblems } from './elapsed-time.ts';
import { writersOf } from './graph.ts';
import type { Pass } from './knowledge.ts';
import { promisedFrame } from './promised-frame.ts';
import { surroundingsOf } from './schema.ts';
import { lossReasons } from './state-reasons.ts';
import { type Answer, askVerbs } from './verb-rules.ts';

/**
 * Whose rows every relation and table holds, derived anew from the algebra by each verb's own rule: the authority, which never
 * looks at TypeScript's types nor at what a reader declares of a table that a job writes.
 */
export const privacy: Pass = {
  name: 'privacy',
  run({ library, jobs, schemas, tableSchemas }) {
    const frames = new Map<Relation, Frame>();
    const tableFrames = new Map<string, Frame>();
    const asked = new Set<Relation>();
    const writers = writersOf(library);
    for (const table of library.tables) {
      const id = tableId(table);
      if (tableSchemas.has(id) && !writers.has(id))
        tableFrames.set(id, { schema: declaredSchema(table), state: declaredState(table) });
    }
    const surroundings: Surroundings = {
      ...surroundingsOf(library),
      frame: (id) => tableFrames.get(id),
    };
    const inJobs = jobs.flatMap(({ job, reads }) => {
      if (!reads.every((table) => tableFrames.has(table))) return [];
      const problems = askVerbs(job.rows, frames, asked, (verb, node, inputs) => {
        const answer = askState(verb, node, inputs, schemas.has(node), surroundings);
        if (answer.problems.length === 0) return answer;
        const because = lossReasons(node, frames);
        return because.length === 0
          ? answer
          : { ...answer, problems: answer.problems.map((one) => ({ ...one, because })) };
      });
      const frame = frames.get(job.rows);
      const id = sinkId(job.sink);
      if (frame && writers.get(id) === job) tableFrames.set(id, promisedFrame(job, frame, library));
      return problems;
    });
    const declarations = [
      ...declarationsOf(library).flatMap(declarationProblems),
      ...secondConsents(library.tables),
    ];
    const elapsed = elapsedTimeProblems(library, frames);
    const diagnostics = [...declarations, ...inJobs, ...elapsed];
    return { diagnostics, learnt: { frames, tableFrames } };
  },
};

function askState(
  verb: Verb<Relation>,
  node: Relation,
  inputs: Inputs<Relation, Frame>,
  isSound: boolean,
  surroundings: Surroundings,
): Answer<Frame> {
  if (!isSound) return { problems: [] };
  const { value, problems } = verb.state(node, inputs, surroundings);
  // Anew, since the inputs may have labels that the pass before could not know of.
  const { value: schema } = verb.schema(node, schemasOf(inputs), surroundings);
  const frame = { schema: verb.relabelled?.(node, inputs) ?? schema, state: value };
  // Of strangers who meet it is known all the same whose rows they are, so that what else is wrong can be told.
  const isKnown = problems.every(({ code }) => code === 'privacy/cross-subject');
  return isKnown ? { value: frame, problems } : { problems };
}

function schemasOf(inputs: Inputs<Relation, Frame>): Inputs<Relation, Schema> {
  const named = Object.entries<Frame>(inputs).map(([name, { schema }]) => [name, schema] as const);
  // The names are the inputs' own.
  return Object.fromEntries(named) as Inputs<Relation, Schema>;
}

function declarationProblems(table: Table): readonly Diagnostic[] {
  const id = tableId(table);
  const { owner, consents, span } = table;
  const columns = owner ? [] : identifyingColumns(table);
  const because = table.columns
    .filter((column) => columns.includes(column.name))
    .map((column) => ({
      text: `${column.name} is labelled ${column.labels.join(', ')}`,
      span: column.span,
    }));
  return [
    ...(columns.length > 0
      ? [diagnostic('privacy/about-nobody', { table: id, columns }, { span, because })]
      : []),
    ...consents
      .filter(() => owner?.kind !== 'subject')
      .map(({ purpose }) =>
        diagnostic('privacy/consent-without-subject', { table: id, purpose }, { span }),
      ),
  ];
}

/** Two tables that both say whether one kind of person consents to a purpose could say different things. */
function secondConsents(tables: readonly Table[]): readonly Diagnostic[] {
  const first = new Map<string, Table>();
  return tables.flatMap((table) =>
    table.consents.flatMap(({ purpose }) => {
      if (table.owner?.kind !== 'subject') return [];
      const subject = table.owner.name;
      const said = `${subject}:${purpose}`;
      const before = first.get(said);
      if (!before) {
        first.set(said, table);
        return [];
      }
      const because = [{ text: `${tableId(before)} says so too`, span: before.span }];
      const parameters = { subject, purpose, tables: [tableId(before), tableId(table)] };
      return [
        diagnostic('privacy/consent-in-two-tables', parameters, { span: table.span, because }),
      ];
    }),
  );
}
