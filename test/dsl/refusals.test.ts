import { expect } from 'chai';
import {
  alias,
  array,
  complete,
  count,
  csv,
  fresh,
  jdbc,
  job,
  library,
  long,
  map,
  mean,
  references,
  rowCount,
  string,
  subject,
  unique,
  zone,
} from '#lakewright';
import { DiagnosticError } from '../../diagnostics/index.ts';
import { libraryOf } from '../../dsl/library-of.ts';
import { stepOf } from '../../dsl/step.ts';
import { accelerometer, consenting, customers, trusted } from '../types/fixtures/tables.ts';

// What TypeScript would refuse: these programs stand for those of JavaScript, and of authors who silence it.
// biome-ignore lint/suspicious/noExplicitAny: the point of these tests
const untyped = (value: unknown): any => value;
const rows = untyped(accelerometer);
const written = { rows: consenting, sink: trusted.sink('consenting') };

/** The code of the one diagnostic, and the text that its span points at. */
function refusal(program: () => unknown): { readonly code: string; readonly parameters: unknown } {
  try {
    program();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    const [found, ...others] = error.diagnostics;
    expect(others).to.deep.equal([]);
    expect(found?.span?.file).to.equal('test/dsl/refusals.test.ts');
    return { code: found?.code ?? '', parameters: found?.parameters };
  }
  throw new Error('nothing was refused');
}

describe('the language refuses', () => {
  it('CSV of a form that cannot be read, and what CSV cannot hold', () => {
    for (const [option, value] of [
      ['delimiter', ';;'],
      ['delimiter', 'x'],
      ['quote', ','],
      ['escape', '!'],
      ['nullValue', 'a,b'],
      ['header', 'yes'],
    ] as const) {
      const { code, parameters } = refusal(() => csv(untyped({ [option]: value })));
      expect(code, `${option} ${value}`).to.equal('dsl/bad-option');
      expect(parameters).to.have.property('option', option);
    }
    const landing = zone('landing');
    const declare = (format: unknown, columns: object) =>
      refusal(() => landing.table('t', untyped({ format, columns })));
    expect(declare(csv(), { tags: array(string()) }).parameters).to.include({ option: 'format' });
    const numbered = declare('avro', { homes: array(map(long(), string())) }).parameters;
    expect(numbered).to.include({
      option: 'format',
      found: "'avro' of a table whose column homes is of type array<map<long, string>>",
    });
    expect(declare('xml', { k: string() }).parameters).to.include({ option: 'format' });
  });

  it('a table of a database that cannot be, or cannot be read as it says', () => {
    const right = { connection: 'crm', table: 'customer' };
    const split = { by: 'id', from: 0, to: 10, parts: 2 };
    const network = {
      name: 'crm',
      subnet: 'subnet-0a1b2c3d',
      securityGroups: ['sg-0a1b2c3d'],
      availabilityZone: 'eu-central-1a',
    };
    expect(jdbc({ ...right, network }).network).to.deep.equal(network);
    for (const [option, said] of [
      ['connection', { connection: '../crm' }],
      ['connection', { connection: '*' }],
      ['table', { table: '' }],
      ['table', { table: 'é'.repeat(32) }],
      ['schema', { schema: 'a\u0000b' }],
      ['fetchSize', { fetchSize: 0 }],
      ['network', { network: 'vpc/*' }],
      ['network', { network: null }],
      ['network.name', { network: { ...network, name: 'The VPC' } }],
      ['network.subnet', { network: { ...network, subnet: 'vpc-0a1b2c3d' } }],
      ['network.securityGroups', { network: { ...network, securityGroups: [] } }],
      ['network.securityGroups', { network: { ...network, securityGroups: ['sg-0a1b2c3d', 1] } }],
      ['network.securityGroups', { network: { ...network, securityGroups: 'sg-0a1b2c3d' } }],
      ['network.availabilityZone', { network: { ...network, availabilityZone: 'eu-central-1' } }],
      ['split.to', { split: { ...split, to: 0 } }],
      ['split.parts', { split: { ...split, parts: 1 } }],
      ['split.from', { split: { ...split, from: 0.5 } }],
    ] as const) {
      const { code, parameters } = refusal(() => jdbc(untyped({ ...right, ...said })));
      expect(code, option).to.equal('dsl/bad-option');
      expect(parameters).to.have.property('option', option);
    }
    const columns = { id: string(), day: string() };
    const refused = (more: object, of = zone('landing')) =>
      refusal(() => of.table('t', untyped({ columns, format: jdbc(right), ...more }))).parameters;
    expect(refused({ partitionedBy: ['day'] })).to.include({ option: 'partitionedBy' });
    expect(refused({ format: jdbc({ ...right, split }) })).to.include({ option: 'split.by' });
    expect(refused({ columns: { id: array(string()) } })).to.include({ option: 'format' });
    // Said by hand it is no other: the name of a connection becomes part of what a role may read.
    const byHand = { ...jdbc(right), connection: '*' };
    expect(refused({ format: byHand })).to.include({ option: 'connection' });
    const purposes = { purposes: ['research'], holds: 'identified' } as const;
    expect(refused({}, untyped(zone('trusted', purposes)))).to.include({ option: 'format' });
  });

  it('a format that no job writes', () => {
    const { code, parameters } = refusal(() => job('a', untyped({ ...written, format: 'delta' })));
    expect(code).to.equal('dsl/bad-option');
    expect(parameters).to.include({ option: 'format', expected: "'parquet' or 'iceberg'" });
    const same = refusal(() => job('a', untyped({ ...written, format: { kind: 'iceberg' } })));
    expect(same.code).to.equal('dsl/bad-option');
  });

  it('columns in the names of folders that tell of a person, or may be null', () => {
    const landing = zone('landing');
    const columns = {
      user: string().identifier().subject(subject('person')),
      region: string().quasi(),
      day: string().nullable(),
      size: long(),
      at: long(),
    };
    for (const name of ['user', 'region', 'day', 'at']) {
      const spec = { columns, about: 'user', eventTime: 'at', partitionedBy: [name] };
      const { code, parameters } = refusal(() => landing.table('t', untyped(spec)));
      expect(code, name).to.equal('dsl/bad-option');
      expect(parameters).to.have.property('option', 'partitionedBy');
    }
    expect(() =>
      landing.table('t', { columns, about: 'user', partitionedBy: ['size'] }),
    ).not.to.throw();
    const unknown = untyped({ columns, partitionedBy: ['nothing'] });
    expect(refusal(() => landing.table('t', unknown)).code).to.equal('dsl/unknown-column');
  });

  it('a column that the rows do not have, and tells those that they have', () => {
    const { code, parameters } = refusal(() => rows.filter((c: never) => untyped(c).timestmp));
    expect(code).to.equal('dsl/unknown-column');
    expect(parameters).to.deep.equal({
      column: 'timestmp',
      known: ['user', 'timestamp', 'x', 'y'],
    });
  });

  it('columns named like properties of every object', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'then']) {
      expect(refusal(() => rows.filter((c: never) => c[name])).code).to.equal('dsl/unknown-column');
    }
  });

  it('a callback that gives a JavaScript boolean', () => {
    expect(refusal(() => rows.filter(() => true)).code).to.equal('dsl/plain-boolean');
    expect(refusal(() => rows.filter((c: never) => !untyped(c).x)).code).to.equal(
      'dsl/plain-boolean',
    );
    expect(refusal(() => rows.filter((c: never) => untyped(c).x === 1)).code).to.equal(
      'dsl/plain-boolean',
    );
  });

  it('expectations that expect nothing, or of which nobody knows what follows', () => {
    const { code, parameters } = refusal(() => rows.expect(() => ({})));
    expect(code).to.equal('dsl/bad-option');
    expect(parameters).to.include({ option: 'expect', found: 'no condition' });
    expect(refusal(() => rows.expect(() => ({ always: true }))).code).to.equal('dsl/plain-boolean');
    const isThere = (c: never) => ({ 'x is there': untyped(c).x.isNotNull() });
    const ignored = refusal(() => rows.expect(isThere, { onFail: 'ignore' }));
    expect(ignored.parameters).to.include({ option: 'onFail', found: '"ignore"' });
    expect(refusal(() => rows.expect((c: never) => untyped(c).x.isNotNull())).code).to.equal(
      'dsl/bad-option',
    );
  });

  it('expectations of tables that mean nothing', () => {
    const meaningless: readonly (readonly [option: string, () => unknown])[] = [
      ['unique', () => unique([])],
      ['rowCount', () => rowCount({})],
      ['rowCount', () => rowCount({ min: 1.5 })],
      ['rowCount', () => rowCount({ min: 2, max: 1 })],
      ['share', () => complete('x', { share: 1.1 })],
      ['mean', () => mean('x', { max: Number.NaN })],
      ['hours', () => fresh('timestamp', { hours: 0 })],
      ['references', () => references('user', consenting.select('email'), 'email')],
      ['onFail', () => unique('x', untyped({ onFail: 'drop' }))],
      ['expectations', () => job('a', { ...written, expectations: [untyped('unique')] })],
    ];
    for (const [option, program] of meaningless)
      expect(refusal(program).parameters, option).to.include({ option });
  });

  it('expectations of columns that the table does not have', () => {
    // @ts-expect-error there is no column mail
    job('a', { ...written, expectations: [unique(['email', 'mail'])] });
    job('a', { ...written, expectations: [unique(['email', 'name']), rowCount({ max: 9 })] });
  });

  it('JavaScript operators on columns', () => {
    const operators: readonly ((c: never) => unknown)[] = [
      (c) => untyped(c).x > 1,
      (c) => untyped(c).x + 1,
      (c) => -untyped(c).x,
      // biome-ignore lint/suspicious/noDoubleEquals: the point of this test
      (c) => untyped(c).x == 1,
      (c) => `${untyped(c).user}@example.org`,
      (c) => JSON.stringify(untyped(c).x),
    ];
    for (const operator of operators) {
      expect(refusal(() => rows.filter(operator)).code).to.equal('dsl/expression-as-value');
    }
  });

  it('a callback that gives nothing, or something else', () => {
    expect(refusal(() => rows.filter(() => undefined)).code).to.equal('dsl/not-an-expression');
    expect(refusal(() => rows.filter(() => ({}))).code).to.equal('dsl/not-an-expression');
    expect(refusal(() => rows.filter('x > 1')).code).to.equal('dsl/bad-option');
    expect(refusal(() => rows.derive(() => 1)).code).to.equal('dsl/bad-option');
    expect(refusal(() => rows.derive(() => ({ n: new Date(0) }))).code).to.equal(
      'dsl/not-an-expression',
    );
  });

  it("a column of another callback's rows", () => {
    const program = () =>
      accelerometer.filter((outer) => {
        accelerometer.filter((inner) => inner.x.gt(outer.x));
        return outer.x.gt(1);
      });
    expect(refusal(program).code).to.equal('dsl/not-an-expression');
    let kept: unknown;
    accelerometer.filter((c) => {
      kept = c.x.gt(0);
      return c.x.gt(1);
    });
    expect(refusal(() => rows.filter(() => kept)).code).to.equal('dsl/not-an-expression');
    expect(refusal(() => rows.derive(() => ({ n: kept }))).code).to.equal('dsl/not-an-expression');
  });

  it('constants that do not fit', () => {
    const bad: readonly ((c: never) => unknown)[] = [
      (c) => untyped(c).x.gt(Number.NaN),
      (c) => untyped(c).x.gt(Number.POSITIVE_INFINITY),
      (c) => untyped(c).timestamp.gt(1.5),
      (c) => untyped(c).timestamp.gt(2 ** 53),
      (c) => untyped(c).timestamp.gt(2n ** 63n),
      (c) => untyped(c).user.eq('\ud800'),
    ];
    for (const constant of bad) {
      expect(refusal(() => rows.filter(constant)).code).to.equal('dsl/bad-literal');
    }
  });

  it('measures that are no aggregates', () => {
    const measure = (make: (c: never) => unknown) => refusal(() => rows.aggregate(make)).code;
    expect(measure((c) => ({ n: untyped(c).x }))).to.equal('dsl/not-an-aggregate');
    expect(measure(() => ({ n: 1 }))).to.equal('dsl/not-an-aggregate');
  });

  it('something else than rows, a sink, a job, a type, an order, a key', () => {
    expect(refusal(() => rows.union('customers')).code).to.equal('dsl/not-a-dataset');
    expect(refusal(() => rows.join({}, 'user')).code).to.equal('dsl/not-a-dataset');
    expect(refusal(() => rows.join(accelerometer, 1)).code).to.equal('dsl/bad-option');
    expect(refusal(() => rows.cast({ x: 'long' })).code).to.equal('dsl/bad-option');
    expect(refusal(() => rows.dedupe({ by: ['user'], order: ['x'] })).code).to.equal(
      'dsl/bad-option',
    );
    for (const count of [0, 1.5, 2 ** 31, 'all']) {
      const first = { order: [{ column: 'x', direction: 'asc', nulls: 'last' }] };
      expect(refusal(() => rows.top(count, first)).code).to.equal('dsl/bad-option');
    }
    expect(refusal(() => rows.top(1, { order: [] })).code).to.equal('dsl/bad-option');
    const spec = untyped({ rows: consenting, sink: 'trusted' });
    expect(refusal(() => job('a', spec)).code).to.equal('dsl/bad-option');
    expect(refusal(() => library('a', untyped({ jobs: [1] }))).code).to.equal('dsl/bad-option');
    expect(refusal(() => library('a', untyped({}))).code).to.equal('dsl/bad-option');
  });

  it('an owner, times and consents that are no columns', () => {
    const columns = { at: long(), who: string() };
    const landing = untyped(zone('landing'));
    const declare = (spec: object) => refusal(() => landing.table('a', { columns, ...spec })).code;
    expect(declare({ about: 'nobody' })).to.equal('dsl/unknown-column');
    expect(declare({ about: 'who' })).to.equal('dsl/bad-option');
    expect(declare({ eventTime: 'then' })).to.equal('dsl/unknown-column');
    expect(declare({ consent: { ads: { grantedAt: 'at', version: 'v' } } })).to.equal(
      'dsl/unknown-column',
    );
  });

  it('two zones of one name in a library', () => {
    const other = zone('trusted', { purpose: 'research', holds: 'identified' });
    const jobs = [
      job('a', { rows: consenting, sink: trusted.sink('a') }),
      job('b', { rows: consenting, sink: other.sink('b') }),
    ];
    expect(refusal(() => library('a', { jobs })).code).to.equal('dsl/duplicate-name');
  });

  it('a subject in the place of an alias', () => {
    const person = subject('person');
    expect(refusal(() => string().alias(untyped(person))).code).to.equal('dsl/bad-option');
    const thing = alias('thing', { of: person });
    expect(refusal(() => string().subject(untyped(thing))).code).to.equal('dsl/bad-option');
  });
});

describe('the language leaves to the compiler, which tells all at once,', () => {
  it('unknown names in lists, unlike types and consent that nobody declares', () => {
    const steps = [
      rows.select('nope'),
      rows.rename({ nope: 'a' }),
      rows.filter((c: never) => untyped(c).x.eq('text')),
      rows.keepConsented('research'),
      rows.groupBy('nope').aggregate(() => ({ n: count() })),
    ];
    for (const step of steps)
      expect(stepOf(step, 'test', { file: '', line: 1, column: 1 })).to.exist;
  });
});

describe('names from authors', () => {
  const hostile = [
    'it\'s "quoted"',
    'new\nline',
    '{{name}}',
    `${'$'}{name}`,
    '__proto__',
    '*/',
    'Ünï',
  ];

  it('stay data, however they look', () => {
    for (const name of hostile) {
      const columns = Object.fromEntries([[name, string().subject(subject(name)).doc(name)]]);
      const table = untyped(zone('landing')).table(name, { columns, about: name, doc: name });
      const filtered = table.filter((c: never) => untyped(c)[name].eq(name));
      const written = untyped(job)(name, { rows: filtered, sink: trusted.sink(name) });
      const made = libraryOf(library(name, { jobs: [written], doc: name }));
      expect(made?.name).to.equal(name);
      expect(made?.tables[0]?.columns[0]?.name).to.equal(name);
      expect(made?.jobs[0]?.rows).to.have.nested.property('where.arguments[1].value', name);
    }
  });
});

describe('what authors hold', () => {
  it('cannot be changed', () => {
    expect(Object.isFrozen(customers)).to.equal(true);
    expect(() => Object.assign(customers, { filter: 1 })).to.throw(TypeError);
    accelerometer.filter((c) => {
      expect(Object.isFrozen(c.x)).to.equal(true);
      expect(() => Object.assign(c, { x: 1 })).to.throw(TypeError);
      return c.x.gt(1);
    });
    expect(Object.isFrozen(string())).to.equal(true);
  });

  it('stays as it is when a step is added', () => {
    const before = stepOf(customers, 'test', { file: '', line: 1, column: 1 });
    customers.drop('name');
    expect(stepOf(customers, 'test', { file: '', line: 1, column: 1 })).to.equal(before);
  });
});
