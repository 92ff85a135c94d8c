import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { functions } from '../../algebra/functions/index.ts';
import { methods } from '../../dsl/expression-methods.ts';
import { functionsPage } from './page.ts';

const path = 'docs/functions.md';

describe('the page of functions', () => {
  it('says what the definitions and their cases say', () => {
    const page = functionsPage();
    if (process.env['UPDATE'] === '1') writeFileSync(path, page);
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').to.equal(page);
  });

  it('has every function that is no verb', () => {
    const said = new Set(Object.values(methods).map((one) => one.function));
    const page = functionsPage();
    const unsaid = functions
      .map(({ name }) => name)
      .filter((name) => !said.has(name) && !page.includes(`| \`${name}(`));
    expect(unsaid).to.deep.equal(['sha256', 'pseudonym']);
  });
});
