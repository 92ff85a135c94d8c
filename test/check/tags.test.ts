import { expect } from 'chai';
import { tagProblems } from '../../check/tags.ts';

describe('tags of a job', () => {
  it('are taken as AWS takes them', () => {
    const tags = { team: 'Größe + 1', 'cost-center': 'a/b@c:1.2=3_4', empty: '' };
    expect(tagProblems(tags)).to.deep.equal([]);
  });

  for (const [tag, value] of [
    ['aws:x', 'a'],
    ['AWS:x', 'a'],
    ['lakewright:library', 'other'],
    ['', 'a'],
    ['x'.repeat(129), 'a'],
    ['x', 'a'.repeat(257)],
    ['x', '$account'],
    ['a\nb', 'a'],
    ['x', '"'],
  ] as const) {
    it(`are refused: ${JSON.stringify(tag.slice(0, 20))} with ${JSON.stringify(value.slice(0, 20))}`, () => {
      expect(tagProblems({ [tag]: value }).map(([found]) => found)).to.deep.equal([tag]);
    });
  }

  it('are forty at most', () => {
    const many = Object.fromEntries(Array.from({ length: 41 }, (_, at) => [`t${at}`, '']));
    expect(tagProblems(many)).to.deep.equal([['t40', 'a job has 40 tags at most']]);
  });
});
