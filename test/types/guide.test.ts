import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { checkedLibrary } from '../../cli/checked-library.ts';

/** Inside the project, where `#lakewright` can be resolved. */
const folder = new URL('../../.lakewright/guide/', import.meta.url);

describe('the guide for authors', () => {
  after(() => rm(folder, { recursive: true, force: true }));

  it('is one program that compiles and passes the checks', async () => {
    const guide = await readFile(new URL('../../docs/guide.md', import.meta.url), 'utf8');
    const blocks = [...guide.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
    expect(blocks.length).to.be.greaterThan(2);
    await mkdir(folder, { recursive: true });
    await writeFile(new URL('index.ts', folder), blocks.join('\n'));
    const { checked } = await checkedLibrary(new URL('index.ts', folder).pathname);
    expect(checked.jobs.map(({ job }) => job.name)).to.have.members([
      'measured_trusted',
      'rates_curated',
      'calm_minutes_curated',
      'busy_minutes_curated',
      'odd_beats',
    ]);
  });
});
