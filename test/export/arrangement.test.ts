import { expect } from 'chai';
import fc from 'fast-check';
import { type Arrangement, arrange } from '../../export/arrangement.ts';
import { flowsOf } from '../../export/flows.ts';
import { type Graph, graphLibrary } from './graph-library.ts';

/** `[a b]` side by side, `(a b)` one after the other. */
function shown(arrangement: Arrangement): string {
  if (arrangement.kind === 'job') return arrangement.job.id;
  const inner = arrangement.of.map(shown).join(' ');
  return arrangement.kind === 'parallel' ? `[${inner}]` : `(${inner})`;
}

function arranged(graph: Graph): Arrangement {
  const [flow] = flowsOf(graphLibrary(graph));
  if (flow === undefined) throw new Error('the graph has no flow');
  return arrange(flow.jobs);
}

/** For each job those that are over before it starts. */
function over(arrangement: Arrangement, before: readonly string[] = []): Map<string, string[]> {
  if (arrangement.kind === 'job') return new Map([[arrangement.job.id, [...before]]]);
  const found = new Map<string, string[]>();
  let done = before;
  for (const part of arrangement.of) {
    const inner = over(part, done);
    for (const [id, list] of inner) found.set(id, list);
    if (arrangement.kind === 'series') done = [...done, ...inner.keys()];
  }
  return found;
}

const cases: readonly { it: string; given: Graph; want: string }[] = [
  { it: 'a job alone', given: { a: [] }, want: 'a' },
  {
    it: 'a chain, with what it says twice',
    given: { a: [], b: ['a'], c: ['a', 'b'] },
    want: '(a b c)',
  },
  { it: 'a diamond', given: { a: [], b: ['a'], c: ['a'], d: ['b', 'c'] }, want: '(a [b c] d)' },
  { it: 'two chains', given: { a: [], b: [], c: ['a'], d: ['b'] }, want: '[(a c) (b d)]' },
  {
    it: 'a chain beside a job inside of a diamond',
    given: { a: [], b: ['a'], c: ['b'], d: ['a'], e: ['c', 'd'] },
    want: '(a [(b c) d] e)',
  },
  {
    it: 'an order that is no such nesting, with those that start before all others',
    given: { a: [], b: [], c: ['a'], d: ['a', 'b'] },
    want: '([a b] [c d])',
  },
];

describe('an arrangement of jobs', () => {
  for (const { it: what, given, want } of cases) {
    it(`nests ${what}`, () => expect(shown(arranged(given))).to.equal(want));
  }

  it('starts no job before those that it waits for, whatever the graph', () => {
    const graphs = fc
      .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 14 })
      .map((rows): Graph => {
        const after = (row: readonly number[], place: number) =>
          place === 0 ? [] : [...new Set(row.map((one) => `j${one % place}`))];
        return Object.fromEntries(rows.map((row, place) => [`j${place}`, after(row, place)]));
      });
    fc.assert(
      fc.property(graphs, (graph) => {
        const found = over(arranged(graph));
        expect([...found.keys()]).to.have.members(Object.keys(graph));
        for (const [job, after] of Object.entries(graph)) {
          expect(found.get(job)).to.include.members([...after]);
        }
      }),
    );
  });
});

describe('the flows of a library', () => {
  it('are its workflow, and each job with a schedule of its own with those that follow it alone', () => {
    const graph = { a: [], b: ['a'], s: [], t: ['s'], u: ['t'] };
    const flows = flowsOf(graphLibrary(graph, { s: 'cron(0 3 * * ? *)' }));
    const seen = flows.map(({ name, schedule, jobs }) => [
      name,
      schedule,
      jobs.map(({ id }) => id),
    ]);
    expect(seen).to.deep.equal([
      ['graph', undefined, ['a', 'b']],
      ['graph_s', 'cron(0 3 * * ? *)', ['s', 't', 'u']],
    ]);
  });
});
