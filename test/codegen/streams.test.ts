import { expect } from 'chai';
import {
  alias,
  double,
  job,
  kafka,
  kinesis,
  library,
  long,
  string,
  subject,
  zone,
} from '#lakewright';
import { check } from '../../check/index.ts';
import { generate, noWords } from '../../codegen/index.ts';
import { libraryOf } from '../../dsl/library-of.ts';
import { type Files, verify } from '../verify/verifier.ts';

const customer = subject('customer');
const device = alias('device', { of: customer });
const landing = zone('landing');
const curated = zone('curated', { purpose: 'research' });
const columns = {
  user: string().identifier().subject(customer),
  at: long().quasi(),
  x: double().sensitive(),
};
const kept = { about: 'user', eventTime: 'at', columns } as const;
const readings = landing.table('reading', {
  ...kept,
  format: 'parquet',
  partitionedBy: ['day'],
  columns: { ...columns, day: string() },
});
const days = landing.table('day', { columns: { day: string() } });
const arn = 'arn:aws:kinesis:eu-central-1:123456789012:stream/readings';
const live = landing.stream('reading_live', {
  ...kept,
  doc: 'Readings as they are | taken.',
  from: kinesis(arn),
  watermark: 10,
  deliveredTo: readings,
});
const pulses = landing.stream('pulse', {
  from: kafka({ cluster: 'arn:aws:kafka:eu-central-1:123456789012:cluster/lake/0a-1', topic: 'p' }),
  about: 'serial',
  columns: { serial: string().alias(device), rate: long().nullable() },
});

function checkupOf(...streams: readonly (typeof live)[]) {
  const rows = job('days', { rows: days, sink: curated.sink('days') });
  const given = libraryOf(library('watch', { jobs: [rows], streams }));
  if (!given) throw new TypeError('no library');
  return check(given);
}

function filesOf(...streams: readonly (typeof live)[]): Files {
  const { checked, diagnostics } = checkupOf(...streams);
  if (!checked) throw new TypeError(diagnostics.map(({ code }) => code).join());
  return generate(checked, noWords);
}

describe('a declared stream', () => {
  const files = filesOf(live, pulses);
  const page = files.get('privacy.md') ?? '';

  it('is told of by the privacy page, with its labels and where it goes', () => {
    const [, section = ''] = page.split('## Stream `reading_live`\n');
    expect(section.split('\n## ')[0]?.trim().split('\n')).to.deep.equal([
      'Readings as they are &#124; taken.',
      '',
      'Declared only: no job reads it.',
      '',
      `- Messages: JSON in the Kinesis stream \`${arn}\``,
      '- Rows: one `customer` each, whether or not they consent to anything',
      '- Delivered to: `landing.reading`',
      '- Happened at: `at`, up to 10 minutes late',
      '',
      '| column | type | labels |',
      '|---|---|---|',
      '| `user` | `string` | identifier, subject:customer |',
      '| `at` | `long` | quasi-identifier |',
      '| `x` | `double` | sensitive |',
    ]);
    expect(page).to.include('JSON in the topic `p` of the Kafka cluster `arn:aws:kafka:');
    expect(page).to.include('| alias:device | is a device, which stands for a person |');
  });

  it('is listed in the manifest and makes nothing in AWS but the table that it is delivered to', () => {
    const { streams, resources } = JSON.parse(files.get('manifest.json') ?? '');
    expect(streams).to.deep.equal([
      {
        name: 'reading_live',
        from: { kind: 'kinesis', stream: arn },
        deliveredTo: 'landing.reading',
        columns: [
          { name: 'user', labels: ['identifier', 'subject:customer'] },
          { name: 'at', labels: ['quasi-identifier'] },
          { name: 'x', labels: ['sensitive'] },
        ],
      },
      {
        name: 'pulse',
        from: {
          kind: 'kafka',
          cluster: 'arn:aws:kafka:eu-central-1:123456789012:cluster/lake/0a-1',
          topic: 'p',
        },
        columns: [
          { name: 'serial', labels: ['alias:device'] },
          { name: 'rate', labels: [] },
        ],
      },
    ]);
    const ids: readonly string[] = resources.map(({ id }: { readonly id: string }) => id);
    expect(ids).to.include('table/landing.reading');
    expect(ids.filter((id) => /reading_live|pulse/.test(id))).to.deep.equal([]);
  });

  it('is nothing that a library without streams speaks of', () => {
    const without = filesOf();
    expect(without.get('manifest.json')).not.to.include('streams');
    expect(without.get('library.json')).not.to.include('streams');
  });

  it('is verified, and refused where the manifest or a table says otherwise', () => {
    const manifest = files.get('manifest.json') ?? '';
    const declared = files.get('library.json') ?? '';
    const edited = (path: string, text: string): Files => new Map([...files, [path, text]]);
    const one = JSON.parse(manifest);
    one.streams[0].columns[1].labels = [];
    const other = JSON.parse(declared);
    other.tables.find(({ name }: { readonly name: string }) => name === 'reading').eventTime = 'x';
    const findings = verify([
      files,
      edited('manifest.json', JSON.stringify(one)),
      edited('manifest.json', manifest.replace('"pulse"', '"purse"')),
      edited('manifest.json', manifest.replace('stream/readings', 'stream/others')),
      edited('library.json', JSON.stringify(other)),
    ]).map((verdict) => verdict.findings);
    expect(findings).to.deep.equal([
      [],
      [
        'manifest.json: the labels of the stream reading_live are not those that it is declared with',
      ],
      ['manifest.json: the streams are not those that the library declares'],
      ['manifest.json: the stream reading_live is not where it is declared to be'],
      [
        'manifest.json: the stream reading_live is delivered to landing.reading, which is declared otherwise',
      ],
    ]);
  });

  it('is held to the rules of a table from outside', () => {
    const nobodys = landing.stream('nobodys', {
      from: kinesis(arn),
      columns: { email: string().identifier() },
    });
    const codes = checkupOf(nobodys, live, live).diagnostics.map(({ code }) => code);
    expect(codes).to.deep.equal(['names/duplicate', 'privacy/about-nobody']);
  });

  for (const [what, wrong] of Object.entries({
    'no ARN of a stream': () => kinesis('readings'),
    'an ARN with more behind it': () => kinesis(`${arn}\n`),
    'a topic with a slash': () =>
      kafka({ cluster: 'arn:aws:kafka:eu-central-1:123456789012:cluster/lake/0a-1', topic: 'a/b' }),
    'a watermark without a time': () =>
      landing.stream('x', { from: kinesis(arn), columns, about: 'user', watermark: 1 }),
    'a table that steps were taken on': () =>
      landing.stream('x', { ...kept, from: kinesis(arn), deliveredTo: readings.drop('day') }),
  })) {
    it(`takes ${what} for a mistake`, () => {
      expect(wrong)
        .to.throw(/./)
        .with.property('diagnostics')
        .with.nested.property('[0].code', 'dsl/bad-option');
    });
  }
});
