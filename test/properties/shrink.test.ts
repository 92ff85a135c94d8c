import { expect } from 'chai';
import { inOrder } from '../../algebra/fold.ts';
import { asc, call, column, dedupe, filter, literal, project, source } from '../verbs/nodes.ts';
import type { Program } from './programs.ts';
import { programText, shrunk } from './shrink.ts';

const given = {
  first: {
    columns: { k: 'string?', i: 'int?' },
    rows: Array.from({ length: 13 }, (_, index) => [`row ${index}`, index]),
  },
  second: { columns: { k: 'string?' }, rows: [['a'], ['b']] },
} as const;

const program: Program = {
  given,
  relation: project(
    filter(
      dedupe(filter(source('first'), call('gt', 'i', literal('int', 2))), ['k'], [asc('i')]),
      call('isNotNull', 'k'),
    ),
    { k: column('k') },
  ),
};

describe('a failing program', () => {
  it('shrinks to the fewest steps and rows that fail, and is printed as its author would write it', async () => {
    // It fails wherever rows are deduped and the row of 7 is there.
    const fails = ({ relation, given: { first } }: Program) =>
      inOrder(relation).some(({ kind }) => kind === 'dedupe') &&
      (first?.rows ?? []).some(([, i]) => i === 7);
    const smallest = await shrunk(program, async (smaller) => fails(smaller));
    const text = programText(smallest);
    expect(text.replaceAll(/\s+/g, '')).to.include(
      ".filter((c)=>c.i.gt(2)).dedupe({by:['k'],order:[asc('i')]}),",
    );
    expect(text).not.to.include('isNotNull');
    expect(text.split('\n').at(-1)).to.equal('first: {"k":"row 7","i":7}');
  });
});
