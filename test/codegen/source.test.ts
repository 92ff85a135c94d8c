import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Library } from '../../algebra/library.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Span } from '../../algebra/span.ts';
import { type AuthorSource, readAuthorSource, withDocs } from '../../codegen/source.ts';
import { job, library, sink, source } from '../check/plain.ts';

const text = `import { job } from '#lakewright';

// A file header, which belongs to nobody.

/**
 * Readings of grown-ups.
 * Two lines.
 * @example none
 */
const grownUps = readings
  // Children are out.
  .filter((c) => c.age.gte(18)) // on the same line
  /* Doubles are
   * of no use. */
  .distinct();

// Not adjacent.

// Above the constant.
const named = grownUps.select('a');

/** What the job is for. */
export const grownUpsTrusted = job('grown_ups', { rows: named.drop('b') });

const slips = readings
  .where((c) => c.a.gt(0) && c.b.gt(0) || !c.d.isNull())
  .derive((c) => ({ n: c.a ? 1 : 2, m: (c as any).x ?? c.y }));
const plain = flag && other ? readings.union(more) : readings;
`;

describe("the author's source", () => {
  const root = mkdtempSync(join(tmpdir(), 'lakewright-source-'));
  before(() => writeFileSync(join(root, 'jobs.ts'), text));
  after(() => rmSync(root, { recursive: true }));

  const names = ['filter', 'distinct', 'select', 'drop', 'where', 'derive', 'union'] as const;
  const steps = Object.fromEntries(names.map((name) => [name, stepAt(`.${name}(`)]));

  const cases: readonly { step: (typeof names)[number]; name?: string; comment?: string }[] = [
    { step: 'filter', comment: 'Readings of grown-ups.\nTwo lines.\nChildren are out.' },
    { step: 'distinct', name: 'grownUps', comment: 'Doubles are\nof no use.' },
    { step: 'select', name: 'named', comment: 'Above the constant.' },
    { step: 'drop' },
  ];
  for (const { step, name, comment } of cases) {
    it(`says of .${step}(): ${name ?? 'no name'}, ${comment === undefined ? 'no' : 'a'} comment`, () => {
      const words = read();
      const relation = steps[step];
      if (!relation) throw new TypeError(step);
      expect(words.nameOf(relation)).to.equal(name);
      expect(words.commentOn(relation)).to.equal(comment);
    });
  }

  it('says nothing of places that it cannot find', () => {
    const nowhere: Span[] = [
      { file: 'gone.ts', line: 1, column: 1 },
      { file: 'jobs.ts', line: 9999, column: 1 },
      { file: 'jobs.ts', line: 1, column: 9999 },
      { file: 'jobs.ts', line: 1, column: 1 },
    ];
    for (const span of nowhere) {
      expect(read().nameOf(relationAt(span))).to.equal(undefined);
      expect(read().commentOn(relationAt(span))).to.equal(undefined);
    }
  });

  it('documents jobs by the TSDoc of their constants, where they say nothing themselves', () => {
    const span = placeOf("job('grown_ups'");
    const jobs = [
      job('grown_ups', source('landing.reading'), sink('trusted', 'a'), { span }),
      job('other', source('landing.reading'), sink('trusted', 'b'), { span, doc: 'Its own.' }),
    ];
    const documented = withDocs(library(jobs), read());
    expect(documented.jobs.map(({ doc }) => doc)).to.deep.equal([
      'What the job is for.',
      'Its own.',
    ]);
  });

  it('finds operators that JavaScript decides once, and any, in callbacks of steps only', () => {
    const found = read().diagnostics.map(({ code, parameters, span }) => ({
      code,
      said:
        'operator' in parameters ? parameters.operator : 'text' in parameters && parameters.text,
      at: span && textAt(span).slice(0, 3),
    }));
    expect(found).to.have.deep.members([
      { code: 'dsl/plain-operator', said: '&&', at: '&& ' },
      { code: 'dsl/plain-operator', said: '||', at: '|| ' },
      { code: 'dsl/plain-operator', said: '!', at: '!c.' },
      { code: 'dsl/plain-operator', said: '?:', at: '? 1' },
      { code: 'dsl/plain-operator', said: '??', at: '?? ' },
      { code: 'dsl/any', said: 'c as any', at: 'any' },
    ]);
  });

  function read(): AuthorSource {
    return readAuthorSource(written(), root);
  }

  function written(): Library {
    const jobs = Object.entries(steps).map(([name, rows]) =>
      job(name, rows, sink('trusted', name)),
    );
    return library(jobs);
  }
});

function stepAt(call: string): Relation {
  return relationAt(placeOf(call.slice(1), text.indexOf(call) + 1));
}

/** Only its place matters. */
function relationAt(span: Span): Relation {
  return { kind: 'union', span, from: { left: source('landing.a'), right: source('landing.b') } };
}

function placeOf(snippet: string, offset: number = text.indexOf(snippet)): Span {
  const before = text.slice(0, offset).split('\n');
  return { file: 'jobs.ts', line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function textAt({ line, column }: Span): string {
  return (text.split('\n')[line - 1] ?? '').slice(column - 1);
}
