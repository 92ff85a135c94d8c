import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { sourcesPage } from './page.ts';

const PAGE = 'docs/sources.md';

describe('the page of sources', () => {
  it('says what the catalogue of malformed deliveries says', () => {
    if (process.env['UPDATE'] === '1') writeFileSync(PAGE, sourcesPage());
    expect(readFileSync(PAGE, 'utf8')).to.equal(sourcesPage());
  });
});
