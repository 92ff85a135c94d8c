import { expect } from 'chai';
import fc from 'fast-check';
import { inOrder } from '../../algebra/fold.ts';
import { check } from '../../check/index.ts';
import { noWords } from '../../codegen/author-words.ts';
import { jobScripts } from '../../codegen/job-script.ts';
import { optimize } from '../../optimize/index.ts';
import { interpret } from '../../runtime/interpreter.ts';
import { job, library, sink } from '../check/plain.ts';
import { ruffFindings } from '../codegen/python-tools.ts';
import { comparable } from '../verbs/row-comparison.ts';
import { randomPipeline, randomRows, randomTables } from './random-pipelines.ts';

describe('optimized libraries', () => {
  it('give the rows, columns and states of the library as it was written', () => {
    let reads = 0;
    fc.assert(
      fc.property(randomPipeline, randomRows, (rows, tables) => {
        const before = checkedOf(rows);
        const after = optimize(before);
        const [left, right] = [before, after].map((checked) =>
          comparable(interpret(checked, { tables, consentAsOf: 0n }).get('trusted.out') ?? []),
        );
        expect(right).to.deep.equal(left);
        const [first] = after.jobs;
        const root = first?.job.rows ?? rows;
        expect(after.frames.get(root)).to.deep.equal(before.frames.get(rows));
        reads += inOrder(root).filter((node) => node.kind === 'source' && node.columns).length;
      }),
      { numRuns: 1000, seed: 11 },
    );
    // Or the property would be about nothing.
    expect(reads).to.be.greaterThan(100);
  });

  it('give scripts that ruff leaves alone', () => {
    const pipelines = fc.sample(randomPipeline, { numRuns: 60, seed: 12 });
    const scripts = pipelines.flatMap((rows) => jobScripts(optimize(checkedOf(rows)), noWords));
    expect(ruffFindings(scripts.map(({ text }) => text))).to.equal('');
  });
});

function checkedOf(rows: Parameters<typeof job>[1]) {
  const { checked, diagnostics } = check(
    library([job('out', rows, sink('trusted', 'out'))], { tables: randomTables }),
  );
  if (!checked) throw new TypeError(JSON.stringify(diagnostics));
  return checked;
}
