import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { allCodes, docsPage, docsPath } from '../../diagnostics/index.ts';

const path = 'docs/diagnostics.md';

describe('the page of diagnostics', () => {
  // Read when asked for, since the tests of the fixtures may just have rewritten them.
  const written = () => docsPage((code) => readFileSync(`test/diagnostics/${code}.txt`, 'utf8'));

  it('says what the catalogue and the fixtures say', () => {
    const page = written();
    if (process.env['UPDATE'] === '1') writeFileSync(path, page);
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').to.equal(page);
  });

  it('has a place for every code, where docsPath says', () => {
    // GitHub's anchor of a heading: lower case, without punctuation but hyphens.
    const anchors = [...written().matchAll(/^### (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(anchors).to.have.length(allCodes.length);
    expect(new Set(anchors).size).to.equal(allCodes.length);
    for (const code of allCodes) expect(anchors).to.include(docsPath(code).split('#')[1]);
  });
});
