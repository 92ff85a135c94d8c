import { expect } from 'chai';
import type { Relation } from '../../algebra/relation.ts';
import { aggregate, column, job, library, over, sink, source, table } from '../check/plain.ts';
import { type AggregateSignature, aggregateSignatures } from '../functions/aggregates.ts';
import { isLiteral, operandNames } from '../functions/signature.ts';
import { asc, window } from '../verbs/nodes.ts';
import { tryBoth } from './both-answers.ts';

/** Of which the rows of a group, and the rows of a frame, are made into one value. */
const sound = aggregateSignatures.filter(({ groups }) => groups);

describe('the verifier', () => {
  const groups = sound.map((one, index) => tried(one, index, ofGroups));
  const frames = sound
    .filter(({ name }) => name !== 'countDistinct')
    .map((one, index) => tried(one, sound.length + index, ofFrames));

  it('knows all that the compiler emits for aggregates, over groups and over frames', () => {
    const parts = [...groups, ...frames];
    const whole = library(
      parts.map(({ written }) => written),
      { tables: parts.map(({ given }) => given) },
    );
    const [answer] = tryBoth([whole]);
    expect(answer?.codes).to.deep.equal([]);
    expect(answer?.findings).to.deep.equal([]);
  });
});

/** A job over a table of its own, since each aggregate takes other types. */
function tried(
  { name, of }: AggregateSignature,
  index: number,
  rows: (input: Relation, call: ReturnType<typeof over>) => Relation,
) {
  const types = of.filter((one) => typeof one === 'string');
  const columns = types.map((type, place) => [operandNames[place] ?? '', column(type)] as const);
  const given = table(`given_${index}`, { k: column('int'), ...Object.fromEntries(columns) });
  const names = operandNames.values();
  const operands = of.map((one) => (isLiteral(one) ? one : (names.next().value ?? '')));
  const made = rows(source(`landing.given_${index}`), over(name, ...operands));
  return { given, written: job(`job_${index}`, made, sink('trusted', `made_${index}`)) };
}

function ofGroups(input: Relation, call: ReturnType<typeof over>): Relation {
  return aggregate(input, ['k'], { result: call });
}

function ofFrames(input: Relation, call: ReturnType<typeof over>): Relation {
  return window(input, { by: [], order: [asc('k')] }, { result: call });
}
