import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fold } from '../../algebra/fold.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Span } from '../../algebra/span.ts';
import { callSite } from '../../dsl/call-site.ts';
import { stepOf } from '../../dsl/step.ts';
import { accelerometer, customers } from '../types/fixtures/tables.ts';

const lines = readFileSync(new URL(import.meta.url), 'utf8').split('\n');
const here = callSite();

const dataset = accelerometer
  .filter((c) => c.x.gt(0).and(c.y.lt(5)))
  .derive((c) => ({ far: c.x.plus(1) }))
  .select('user', 'far');

describe('a span', () => {
  it('names the file relative to the working directory, with slashes', () => {
    expect(here.file).to.equal('test/dsl/call-site.test.ts');
  });

  it("is the place of each verb's name in a chain", () => {
    const { relation } = stepOf(dataset, 'test', here);
    expect(spansOf(relation).map(textAt)).to.deep.equal(['filter', 'derive', 'select']);
  });

  it('is the place of each column and method in an expression', () => {
    const { relation } = stepOf(dataset, 'test', here);
    const where = JSON.stringify(relation, [
      'where',
      'arguments',
      'span',
      'line',
      'column',
      'from',
      'input',
    ]);
    const spans = [...where.matchAll(/"line":(\d+),"column":(\d+)/g)].map((match) => ({
      file: here.file,
      line: Number(match[1]),
      column: Number(match[2]),
    }));
    expect(spans.map(textAt)).to.include.members(['x', 'gt', 'y', 'lt', 'and']);
  });

  it('is the place of a source where its table was declared', () => {
    const { relation } = stepOf(customers, 'test', here);
    expect(relation.span.file).to.equal('test/types/fixtures/tables.ts');
  });

  it('costs little', () => {
    const rounds = 2000;
    const start = performance.now();
    for (let round = 0; round < rounds; round += 1) callSite();
    expect((performance.now() - start) / rounds).to.be.below(0.5);
  });
});

function spansOf(relation: Relation): readonly Span[] {
  const chain = (node: Relation, { input }: { readonly input: readonly Span[] }) => [
    ...input,
    node.span,
  ];
  return fold<readonly Span[]>(relation, {
    source: () => [],
    filter: chain,
    declassify: chain,
    project: chain,
    dedupe: chain,
    window: chain,
    aggregate: chain,
    keepConsented: chain,
    soleOwner: chain,
    explode: chain,
    unpivot: chain,
    sql: chain,
    expect: chain,
    join: () => [],
    union: () => [],
    setOperation: () => [],
  });
}

function textAt({ line, column }: Span): string {
  return /^\w*/.exec((lines[line - 1] ?? '').slice(column - 1))?.[0] ?? '';
}
