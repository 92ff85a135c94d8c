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
  const manifest = () => JSON.parse(text('manifest.json'));

  before(async () => {
    const { checked, source } = await checkedLibrary(resolve('test/privacy/lowered/library.ts'));
    files = generate(checked, source);
  });

  it('are believed by the verifier, unless somebody edited a script', () => {
    const edits = tamperings(manifest().declassifications[0].expires);
    const [genuine, ...verdicts] = verify([files, ...edits.map((one) => tampered(files, one))]);
    expect(genuine?.findings).to.deep.equal([]);
    for (const [index, { it, says }] of edits.entries())
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

  it('are listed in the manifest with who allowed them, and so are joins of two people', () => {
    const { declassifications, crossSubjects } = manifest();
    const [{ expires }] = declassifications;
    expect(expires).to.match(/^\d{4}-\d\d-\d\d$/);
    expect(declassifications).to.deep.equal([
      {
        job: 'ward_curated',
        table: 'curated.ward',
        column: 'ward',
        from: ['quasi-identifier', 'sensitive'],
        to: ['sensitive'],
        reason: 'Which of the 24 wards is told by the hospital to everybody who asks.',
        reviewer: 'privacy@example.org',
        expires,
      },
      {
        job: 'bed_curated',
        table: 'curated.bed',
        from: ['mixed'],
        to: ['research'],
        reason: 'The number | of beds is on a screen\nin the hall.',
        reviewer: 'privacy@example.org',
        expires,
      },
    ]);
    expect(crossSubjects).to.deep.equal([
      {
        job: 'neighbour_trusted',
        table: 'trusted.neighbour',
        on: [{ left: 'city', right: 'city' }],
        reason: 'who may visit whom',
      },
    ]);
  });

  it('are told with the tables that they are behind, through any number of jobs', () => {
    const [{ expires }] = manifest().declassifications;
    const allowed = `allowed by privacy@example.org, until ${expires}`;
    const beds =
      'rows that depend on several people, some perhaps not consenting, are used for research ' +
      `(\`bed_curated\`), since: The number &#124; of beds is on a screen in the hall.; ${allowed}`;
    for (const table of ['curated.bed', 'curated.most']) {
      expect(text(`cards/${table}.md`)).to.include(`| Exception | ${beds} |`);
      expect(text(`cards/${table}.md`)).not.to.include('depend only on people who consent');
    }
    const ward = '`ward` is shown as if it were not quasi-identifier';
    expect(text('cards/curated.ward.md')).to.include(`| Exception | ${ward} (\`ward_curated\`), `);
    expect(text('cards/curated.decade.md')).not.to.include('Exception');
    const page = text('privacy.md').split('## Exceptions that people allowed')[1] ?? '';
    expect(page.split('##')[0]?.trim().split('\n')).to.have.length(3);
    expect(page).to.include('who may visit whom');
  });

  it('are looked at by the script before it reads, and where it lowers them', () => {
    const [{ expires }] = manifest().declassifications;
    expect(text('jobs/ward_curated.py')).to.match(
      new RegExp(`as run:\n(?: +#.*\n)+ +run\\.require_permits\\("${expires}"\\)\n +result =`),
    );
    expect(text('jobs/bed_curated.py')).to.include('lakewright.declassified_rows(');
    expect(text('jobs/most_curated.py')).not.to.include('require_permits');
  });
});
