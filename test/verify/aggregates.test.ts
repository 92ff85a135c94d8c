import { expect } from 'chai';
import type { AggregateCall } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import { aggregate, column, job, library, sink, source, table } from '../check/plain.ts';
import {
  type AggregateSignature,
  aggregateSignatures,
  callOf,
  columnsOf,
} from '../functions/aggregates.ts';
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
  signature: AggregateSignature,
  index: number,
  rows: (input: Relation, result: AggregateCall) => Relation,
) {
  const types = Object.entries({ k: 'int', ...columnsOf(signature) } as const);
  const columns = Object.fromEntries(types.map(([name, type]) => [name, column(type)]));
  const given = table(`given_${index}`, columns);
  const made = rows(source(`landing.given_${index}`), callOf(signature));
  return { given, written: job(`job_${index}`, made, sink('trusted', `made_${index}`)) };
}

function ofGroups(input: Relation, result: AggregateCall): Relation {
  return aggregate(input, ['k'], { result });
}

function ofFrames(input: Relation, result: AggregateCall): Relation {
  return window(input, { by: [], order: [asc('k')] }, { result });
}
