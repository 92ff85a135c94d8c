import { expect } from 'chai';
import { hasChanges, renderPlan, summary } from '../../deploy/index.ts';
import type { JsonObject } from '../../deploy/json.ts';
import { plan } from '../../deploy/plan.ts';
import type { Desired, Kind, Live } from '../../deploy/resource.ts';

const TAGS = { 'lakewright:library': 'stedi', 'lakewright:sha256': 'a'.repeat(64) };
const JOB: JsonObject = {
  Name: 'stedi_a',
  Role: 'arn:aws:iam::1:role/a',
  Command: { Name: 'glueetl', ScriptLocation: 's3://lake/a.py' },
  DefaultArguments: { '--metrics': '', '--x': '1' },
};
const TABLE: JsonObject = {
  Name: 'customer',
  Parameters: { classification: 'parquet' },
  StorageDescriptor: {
    Location: 's3://lake/trusted/customer/',
    Columns: [
      { Name: 'email', Type: 'string', Comment: 'Who' },
      { Name: 'since', Type: 'bigint' },
    ],
  },
};

function desired(kind: Kind, definition: JsonObject): Desired {
  return { id: `${kind}/a`, kind, name: 'a', definition, tags: TAGS };
}

/** The paths that differ between a definition and what AWS holds. */
function differing(kind: Kind, want: JsonObject, have: JsonObject, tags = TAGS): readonly string[] {
  const live: Live = { definition: have, tags };
  const { actions } = plan([desired(kind, want)], new Map([[`${kind}/a`, live]]));
  return actions.flatMap((action) => action.differences.map(({ path }) => path));
}

describe('a plan', () => {
  it('creates what is not there, in the order given', () => {
    const wanted = [desired('script', {}), desired('job', JOB)];
    const made = plan(wanted, new Map());
    expect(made.actions.map(({ kind, desired: { id } }) => `${kind} ${id}`)).to.deep.equal([
      'create script/a',
      'create job/a',
    ]);
  });

  it('finds nothing to do where all is as it should be', () => {
    const made = plan([desired('job', JOB)], new Map([['job/a', { definition: JOB, tags: TAGS }]]));
    expect(hasChanges(made)).to.equal(false);
    expect(summary(made)).to.equal('Plan: 0 to create, 0 to change, 1 unchanged.');
  });

  it('does not look at the order of keys', () => {
    const reversed = Object.fromEntries(Object.entries(JOB).reverse());
    expect(differing('job', JOB, reversed)).to.deep.equal([]);
  });

  it('does not take the defaults of AWS for differences', () => {
    const answered = {
      ...JOB,
      Timeout: 480,
      MaxRetries: 0,
      ExecutionProperty: { MaxConcurrentRuns: 1 },
      ExecutionClass: 'STANDARD',
      MaxCapacity: 2,
      AllocatedCapacity: 2,
      Connections: {},
      CreatedOn: '2026-01-01T00:00:00Z',
    };
    expect(differing('job', JOB, answered)).to.deep.equal([]);
  });

  const changes: readonly (readonly [string, JsonObject, string])[] = [
    ['a changed field', { ...JOB, Role: 'other' }, 'Role'],
    ['a field somebody added', { ...JOB, Timeout: 61 }, 'Timeout'],
    [
      'a nested field',
      { ...JOB, Command: { Name: 'glueetl', ScriptLocation: 's' } },
      'Command.ScriptLocation',
    ],
    [
      'a missing argument that is empty',
      { ...JOB, DefaultArguments: { '--x': '1' } },
      'DefaultArguments.--metrics',
    ],
    [
      'an argument too many',
      { ...JOB, DefaultArguments: { '--metrics': '', '--x': '1', '--y': '2' } },
      'DefaultArguments.--y',
    ],
  ];
  for (const [what, live, path] of changes) {
    it(`shows ${what}, and only that`, () => {
      expect(differing('job', JOB, live)).to.deep.equal([path]);
    });
  }

  it('names the column that differs', () => {
    const StorageDescriptor = {
      Columns: [
        { Name: 'email', Type: 'int' },
        { Name: 'old', Type: 'int' },
      ],
    };
    expect(differing('table', TABLE, { ...TABLE, StorageDescriptor })).to.deep.equal([
      'StorageDescriptor.Columns[email].Comment',
      'StorageDescriptor.Columns[email].Type',
      'StorageDescriptor.Columns[since]',
      'StorageDescriptor.Columns[old]',
    ]);
  });

  it('sees columns in another order', () => {
    const Columns = [
      { Name: 'since', Type: 'bigint' },
      { Name: 'email', Type: 'string', Comment: 'Who' },
    ];
    expect(differing('table', TABLE, { ...TABLE, StorageDescriptor: { Columns } })).to.deep.equal([
      'StorageDescriptor.Columns (order)',
    ]);
  });

  it('leaves the location, Iceberg pointers and parameters of others to the jobs', () => {
    const want = { ...TABLE, Parameters: { classification: 'parquet', table_type: 'ICEBERG' } };
    const other = { ...TABLE, Parameters: { classification: 'parquet' } };
    expect(differing('table', want, other)).to.deep.equal(['Parameters.table_type']);
    const live = {
      ...TABLE,
      StorageDescriptor: {
        ...(TABLE['StorageDescriptor'] as JsonObject),
        Location: 's3://lake/run-7/',
      },
      Parameters: {
        classification: 'parquet',
        table_type: 'ICEBERG',
        metadata_location: 's3://lake/m.json',
        consent: '2026',
      },
    };
    expect(differing('table', want, live)).to.deep.equal([]);
  });

  it('accepts either logic of a trigger with a single condition', () => {
    const Conditions = [{ LogicalOperator: 'EQUALS', JobName: 'a', State: 'SUCCEEDED' }];
    const want = { Name: 't', Type: 'CONDITIONAL', Predicate: { Conditions } };
    const live = { ...want, Predicate: { Conditions, Logical: 'AND' } };
    expect(differing('trigger', want, live)).to.deep.equal([]);
  });

  it('replaces where AWS has no update', () => {
    const want = { Name: 't', Type: 'SCHEDULED' };
    const live = { definition: { Name: 't', Type: 'ON_DEMAND' }, tags: TAGS };
    const { actions } = plan([desired('trigger', want)], new Map([['trigger/a', live]]));
    expect(actions[0]?.kind).to.equal('replace');
  });

  it('shows a lost tag', () => {
    const { 'lakewright:library': library } = TAGS;
    const tags = { 'lakewright:library': library } as typeof TAGS;
    expect(differing('job', JOB, JOB, tags)).to.deep.equal(['tags.lakewright:sha256']);
  });

  it('refuses what belongs to another library or to nobody', () => {
    const wanted = [desired('job', JOB), desired('role', {}), desired('script', {})];
    const live = new Map([
      ['job/a', { definition: JOB, tags: { 'lakewright:library': 'other' } }],
      ['role/a', { definition: {}, tags: {} }],
      // A script's key holds its hash: whoever put it there put the same bytes.
      ['script/a', { definition: {}, tags: {} }],
    ]);
    const { conflicts } = plan(wanted, live);
    expect(conflicts.map(({ desired: { id }, owner }) => [id, owner])).to.deep.equal([
      ['job/a', 'other'],
      ['role/a', undefined],
    ]);
  });
});

describe('a rendered plan', () => {
  it('reads like a list of changes, and hides the hash where something tells more', () => {
    const live = new Map<string, Live>([
      ['job/a', { definition: { ...JOB, Timeout: 60 }, tags: { 'lakewright:library': 'stedi' } }],
      ['table/a', { definition: TABLE, tags: TAGS }],
    ]);
    const want = { ...JOB, Timeout: 30, DefaultArguments: { '--x': '2' } };
    const made = plan([desired('role', {}), desired('job', want), desired('table', TABLE)], live);
    expect(renderPlan(made).split('\n')).to.deep.equal([
      '+ role     a',
      '~ job      a',
      '    - DefaultArguments.--metrics: ""',
      '    ~ DefaultArguments.--x: "1" -> "2"',
      '    ~ Timeout: 60 -> 30',
      '',
      'Plan: 1 to create, 1 to change, 1 unchanged.',
    ]);
  });

  it('shows what people allowed, whether or not anything changes', () => {
    const live = new Map<string, Live>([['table/a', { definition: TABLE, tags: TAGS }]]);
    const made = plan([desired('table', TABLE)], live);
    const exceptions = [
      {
        job: 'survey_curated',
        what: 'column score for curated.survey: quasi-identifier to none',
        reason: 'The board\u001b[2J tells it.',
        permit: { reviewer: 'ann@example.org', expires: '2027-03-31' },
      },
      { job: 'pairs', what: 'rows of two people meet', reason: 'who trains together' },
    ];
    expect(renderPlan(made, exceptions).split('\n')).to.deep.equal([
      '! survey_curated: column score for curated.survey: quasi-identifier to none',
      '    because: The board\\u{1b}[2J tells it.',
      '    allowed by ann@example.org, until 2027-03-31',
      '! pairs: rows of two people meet',
      '    because: who trains together',
      '',
      'Plan: 0 to create, 0 to change, 1 unchanged.',
    ]);
  });

  it('escapes control characters and cuts long values', () => {
    const hostile = {
      ...desired('job', { Name: 'x', Description: 'y'.repeat(500) }),
      name: 'a\u001b[2J',
    };
    const live = new Map([['job/a', { definition: { Description: '\u202e' }, tags: TAGS }]]);
    const text = renderPlan(plan([hostile], live));
    expect(text).to.include('a\\u{1b}[2J').and.to.include('\\u{202e}');
    expect(Math.max(...text.split('\n').map((line) => line.length))).to.be.below(130);
  });
});
