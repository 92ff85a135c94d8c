import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import Handlebars from 'handlebars';
import { long } from '../../algebra/types.ts';
import type { CheckedLibrary } from '../../check/index.ts';
import { datasetCardView } from '../../codegen/dataset-card.ts';
import { funnelView } from '../../codegen/funnel-section.ts';
import { privacyView } from '../../codegen/privacy.ts';
import { readmeView } from '../../codegen/readme.ts';
import { shop, span } from './resources/checked-fixture.ts';

/**
 * Handlebars' strict mode finds a missing name in `{{name}}`, but takes one inside `{{#if}}` or `{{#each}}` for false: here every
 * name that a template says is looked up in a view that has one of everything.
 */
const folder = join(import.meta.dirname, '../../codegen/templates');

const views: Readonly<Record<string, object>> = {
  'dataset-card.md.hbs': cardView(),
  'privacy.md.hbs': privacyView(withStream(shop({ table: 'A table.' }))),
  'readme.md.hbs': readmeView(shop({ library: 'A shop.' })),
  'funnel.md.hbs': funnels(),
  'job.py.hbs': { docstring: '', imports: '', schemas: '', transform: '', main: '' },
};

function withStream(checked: CheckedLibrary): CheckedLibrary {
  const [customer] = checked.library.tables;
  const from = { kind: 'kafka', cluster: 'arn', topic: 'customers' } as const;
  const columns = [{ name: 'at', type: long, nullable: false, labels: [], span }];
  const streams = customer ? [{ ...customer, from, columns, eventTime: 'at' }] : [];
  return { ...checked, library: { ...checked.library, streams } };
}

function cardView(): object {
  const checked = shop({ table: 'A table.' });
  const table = checked.tables.get('curated.participant');
  return table ? datasetCardView(checked, table, []) : {};
}

/** Two jobs, of which one has run; the second joins what it reads with a step of its own. */
function funnels(): object {
  const step = (name: string, of: string) => ({ name, of, gives: [] });
  const jobs = [
    { job: 'one', writes: 'trusted.one', inputs: { landing_one: 'landing.one' }, steps: [] },
    {
      job: 'two',
      writes: 'curated.two',
      inputs: { trusted_one: 'trusted.one' },
      steps: [step('beside', 'trusted_one'), step('kept', 'trusted_one')],
    },
  ];
  const run = {
    inputs: {},
    steps: [],
    proofs: ['all rows are counted'],
    expectations: [{ name: 'x is there', of: 'trusted_one', on_unmet: 'warn', unmet: 1, rows: 3 }],
    consent_as_of: '2026-01-01T00:00:00Z',
  };
  return funnelView('curated.two', jobs, new Map([['one', run]]));
}

function missingNames(body: hbs.AST.Statement[], contexts: readonly unknown[]): readonly string[] {
  return body.flatMap((statement) => {
    if (statement.type === 'MustacheStatement') {
      return lacking((statement as hbs.AST.MustacheStatement).path, contexts);
    }
    if (statement.type !== 'BlockStatement') {
      return statement.type === 'ContentStatement' ? [] : [`a ${statement.type}`];
    }
    const { path, params, program } = statement as hbs.AST.BlockStatement;
    const [subject] = params;
    const kind = (path as hbs.AST.PathExpression).original;
    if (subject === undefined || (kind !== 'if' && kind !== 'each')) return [`a block ${kind}`];
    const lost = lacking(subject, contexts);
    if (kind === 'if') return [...lost, ...missingNames(program.body, contexts)];
    const items = contexts.flatMap((context) => values(context, subject)).flat();
    return [...lost, ...missingNames(program.body, items)];
  });
}

function lacking(expression: hbs.AST.Node, contexts: readonly unknown[]): readonly string[] {
  const { original, data } = expression as hbs.AST.PathExpression;
  if (data || original === 'this') return [];
  if (contexts.length === 0) return [`${original} (the view has no example of it)`];
  return contexts.every((context) => Object.hasOwn(Object(context), original)) ? [] : [original];
}

function values(context: unknown, subject: hbs.AST.Node): readonly unknown[] {
  const found = Object(context)[(subject as hbs.AST.PathExpression).original];
  return Array.isArray(found) ? found : [];
}

describe('the templates', () => {
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');

    it(`${file} says only names that its view has`, () => {
      expect(missingNames(Handlebars.parse(text).body, [views[file]])).to.deep.equal([]);
    });

    it(`${file} lays out and decides nothing: text, values, each, if`, () => {
      expect(text).to.not.match(/\{\{\{|\{\{>|\{\{~|\{\{else|\{\{log|\{\{lookup|\{\{with/);
    });
  }

  it('would notice a name that is not there', () => {
    const wrong = '{{#each tables}}{{#if nothing}}{{/if}}{{name}}{{/each}}{{absent}}';
    expect(missingNames(Handlebars.parse(wrong).body, [{ tables: [{ name: 'a' }] }])).to.deep.equal(
      ['nothing', 'absent'],
    );
  });
});
