import { resolve } from 'node:path';
import { expect } from 'chai';
import { checkedLibrary } from '../../../cli/checked-library.ts';
import { generate } from '../../../codegen/index.ts';
import { tampered } from '../../verify/tampering/tampering.ts';
import { type Files, verify } from '../../verify/verifier.ts';
import { tamperings } from './tamperings.ts';

describe('labels that are lowered', () => {
  let files: Files;
  const text = (path: string) => files.get(path) ?? '';

  before(async () => {
    const { checked, source } = await checkedLibrary(resolve('test/privacy/lowered/library.ts'));
    files = generate(checked, source);
  });

  it('are believed by the verifier, unless somebody edited a script', () => {
    const [genuine, ...verdicts] = verify([
      files,
      ...tamperings.map((one) => tampered(files, one)),
    ]);
    expect(genuine?.findings).to.deep.equal([]);
    for (const [index, { it, says }] of tamperings.entries())
      expect(verdicts[index]?.findings[0] ?? 'nothing', it).to.match(says);
  });

  it('are told by the page of who sees what: bands', () => {
    expect(text('privacy.md')).to.include(
      '| `birthYear` | `int` | quasi-identifier (bands of 10 may be shown) | from outside |',
    );
    expect(text('privacy.md')).to.include(
      '| `decade` | `band(birthYear, 10)` | quasi-identifier |',
    );
    expect(text('cards/curated.decade.md')).to.include('`band(birthYear, 10)`');
  });
});
