import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Table } from '../../../algebra/library.ts';
import type { Row, Value } from '../../../algebra/row.ts';
import { sqlType } from '../../../codegen/pyspark/types.ts';
import { RunError } from '../../../runtime/errors.ts';
import { readLandingFiles } from '../../../runtime/landing-files.ts';
import { GLUE_VERSIONS } from '../../../runtime/toolchain.ts';
import { gluesUnderTest, warmSpark } from '../../runtime/warm-spark.ts';
import { type Given, tableOf } from '../../verbs/given.ts';
import { formOf, type Malformed, type Said } from './case.ts';
import { catalogue } from './catalogue.ts';

const SUPPORT = fileURLToPath(new URL('../../../codegen/support', import.meta.url));
const cases = Object.values(catalogue).flat();
/** `all` on each Spark, as in `npm run test:spark`; otherwise lines on each, and of files every other on either. */
const ALL = process.env['LAKEWRIGHT_MALFORMED'] === 'all';

/** What was found of a case: rows without nulls, or why there are none. */
interface Found {
  readonly stops?: string;
  readonly rows?: readonly Said[];
  readonly quarantined?: Readonly<Record<string, number>>;
  readonly unreadable?: Readonly<Record<string, number>>;
  readonly undeclared?: number;
  /** Lines and rows that were delivered. */
  readonly delivered?: number;
}

describe('what is delivered malformed', () => {
  it('is a catalogue of at least 45, each by a name of its own', () => {
    expect(cases.length).to.be.at.least(45);
    for (const some of Object.values(catalogue)) {
      const names = some.map(({ it, table }) => `${String(table)} ${it}`);
      expect(new Set(names).size).to.equal(names.length);
    }
  });

  for (const [kind, some] of Object.entries(catalogue)) {
    for (const one of some) {
      if (one.onlySpark !== undefined) continue;
      it(`${kind}: ${one.it}`, () => expectOf(one, interpreted(one)));
    }
  }
});

for (const glue of gluesUnderTest()) {
  describe(`what is delivered malformed, on Glue ${glue}`, () => {
    const work = mkdtempSync(join(tmpdir(), 'lakewright-malformed-'));
    const tried = cases.filter(
      ({ isLine }, number) => ALL || isLine || number % 2 === GLUE_VERSIONS.indexOf(glue),
    );
    let found: readonly Found[];
    after(() => rmSync(work, { recursive: true, force: true }));

    before(async function () {
      this.timeout(900_000);
      const { spark } = await warmSpark(glue);
      const delivered = deliveries(tried);
      const given = delivered.map((some, number) => delivery(some, join(work, `${number}-in`)));
      writeFileSync(join(work, 'deliveries.json'), JSON.stringify(given));
      const script = join(import.meta.dirname, 'deliver.py');
      const files = [join(work, 'deliveries.json'), join(work, 'results.json')];
      const outcome = await spark.run(script, files, [SUPPORT]);
      expect(outcome.error, outcome.log).to.equal(null);
      const results: readonly Delivered[] = JSON.parse(readFileSync(files[1] ?? '', 'utf8'));
      const of = new Map(
        delivered.flatMap((some, number) => foundOf(some, results[number] ?? { stops: '' })),
      );
      found = tried.map((one) => of.get(one) ?? {});
    });

    for (const [number, one] of tried.entries()) {
      it(`${JSON.stringify(one.table)}: ${one.it}`, () => expectOf(one, found[number] ?? {}));
    }
  });
}

/** Cases by what Spark is given at once: all odd lines of a table together, in a folder each, everything else by itself. */
function deliveries(tried: readonly Malformed[]): readonly (readonly Malformed[])[] {
  const together = (table: string) => tried.filter((one) => one.isLine && one.table === table);
  const alone = tried.filter((one) => !one.isLine).map((one) => [one]);
  return [together('json'), together('csv'), ...alone];
}

function expectOf({ gives }: Malformed, found: Found): void {
  if ('stops' in gives) {
    expect(found.stops, JSON.stringify(found)).to.be.a('string').that.includes(gives.stops);
    return;
  }
  const { rows, quarantined = {}, unreadable = {}, undeclared = 0 } = gives;
  const refused = Object.values(quarantined).reduce((sum, count) => sum + count, 0);
  expect(found).to.deep.equal({
    rows: sorted(rows),
    quarantined,
    unreadable,
    undeclared,
    delivered: rows.length + refused,
  });
}

function sorted(rows: readonly Said[]): readonly Said[] {
  const text = (row: Said) => JSON.stringify(Object.entries(row).sort());
  return [...rows].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

function tableOfCase({ table, inFolders }: Malformed): Table {
  const form = formOf(table);
  const isJson = table === 'json';
  const columns: Given['columns'] = {
    k: 'string',
    n: 'long?',
    x: 'double?',
    ...(isJson ? ({ p: 'decimal(4,2)?', b: 'boolean?', at: 'timestamp?' } as const) : {}),
    ...(isJson ? ({ day: inFolders ? 'date' : 'date?' } as const) : {}),
  };
  const tags = { kind: 'array', element: { kind: 'string' }, elementNullable: true } as const;
  return {
    ...tableOf('t', { columns: { ...columns, ...(isJson ? { tags } : {}) }, rows: [] }),
    format: form ?? (table as 'json' | 'parquet' | 'orc' | 'avro'), // CSV has a form
    ...(inFolders ? { partitionedBy: ['day'] } : {}),
  };
}

function interpreted(one: Malformed): Found {
  const files = Object.entries(one.files).map(([path, content]): [string, Uint8Array] => {
    if (typeof content !== 'string' && !(content instanceof Uint8Array))
      throw new TypeError(`${path} is written by Spark`);
    return [path, Buffer.from(content as string)]; // bytes are copied
  });
  try {
    const read = readLandingFiles(new Map(files), tableOfCase(one));
    const quarantined = Object.fromEntries(read.quarantined);
    const refused = Object.values(quarantined).reduce((sum, count) => sum + count, 0);
    return {
      rows: sorted(read.rows.map(saidRow)),
      quarantined,
      unreadable: Object.fromEntries(read.unreadable),
      undeclared: read.undeclared,
      delivered: read.rows.length + refused,
    };
  } catch (error) {
    if (error instanceof RunError) return { stops: error.message };
    throw error;
  }
}

function saidRow(row: Row): Said {
  const known = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, said(value)]));
}

function said(value: Value | undefined): Said[string] {
  if (Array.isArray(value)) return (value as readonly Value[]).map((item) => item as string);
  if (Object.is(value, -0)) return '-0.0';
  return typeof value === 'boolean' ? value : String(value);
}

/** As `deliver.py` gives it: rows with their nulls, and the lines that were kept aside. */
interface Delivered extends Found {
  readonly rows?: readonly Readonly<Record<string, Said[string]>>[];
  readonly kept?: readonly {
    readonly reason?: string;
    readonly unreadable?: readonly string[];
    readonly line: string;
  }[];
}

/** What a delivery says of each of its cases. */
function foundOf(
  some: readonly Malformed[],
  result: Delivered,
): readonly (readonly [Malformed, Found])[] {
  const [only, ...others] = some;
  const { rows = [], kept = [], stops, undeclared = 0, ...counted } = result;
  if (only && others.length === 0) {
    const read = { ...counted, rows: sorted(rows.map(known)), undeclared };
    return [[only, stops === undefined ? read : { stops }]];
  }
  const expected = some.reduce((sum, { gives }) => {
    return sum + ('stops' in gives ? 0 : (gives.undeclared ?? 0));
  }, 0);
  expect(undeclared, stops).to.equal(expected);
  return some.map((one, number) => {
    const lines = Object.values(one.files).flatMap((text) => String(text).split('\n'));
    const odd = kept.filter(({ line }) => lines.includes(line));
    const own = rows.filter((row) => row['number'] === String(number));
    return [
      one,
      {
        rows: sorted(own.map(({ number: _, ...row }) => known(row))),
        quarantined: countsOf(odd.flatMap(({ reason }) => reason ?? [])),
        unreadable: countsOf(odd.flatMap((line) => line.unreadable ?? [])),
        undeclared: 'stops' in one.gives ? 0 : (one.gives.undeclared ?? 0),
        delivered: own.length + odd.filter(({ reason }) => reason !== undefined).length,
      },
    ];
  });
}

function known(row: Readonly<Record<string, Said[string]>>): Said {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

function countsOf(texts: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** Puts the files of cases of one table in a folder, of several in a folder each; how a script is to read it. */
function delivery(some: readonly Malformed[], place: string): object {
  const [one, ...others] = some;
  if (!one) throw new TypeError('nothing is delivered');
  const isTogether = others.length > 0;
  const table = tableOfCase(one);
  const form = formOf(one.table);
  const written = some.flatMap((each, number) =>
    deliver(each, isTogether ? join(place, `number=${number}`) : place),
  );
  const columns = table.columns.map(({ name, type, nullable }) => {
    const kind = type.kind === 'array' ? 'array<string>' : sqlType(type);
    return `\`${name}\` ${kind}${nullable ? '' : ' NOT NULL'}`;
  });
  return {
    form: form ? 'csv' : one.table,
    csv: form && {
      header: form.header,
      delimiter: form.delimiter,
      quote: form.quote,
      escape: form.escape,
      null: form.nullValue,
      line_breaks: form.lineBreaks,
    },
    schema: [...columns, ...(isTogether ? ['number int NOT NULL'] : [])].join(', '),
    partitioned_by: [...(table.partitionedBy ?? []), ...(isTogether ? ['number'] : [])],
    place,
    written,
  };
}

/** Writes a case's files, and says which Spark is to write. */
function deliver({ it: name, files }: Malformed, place: string): readonly object[] {
  if (name !== 'no folder') mkdirSync(place, { recursive: true });
  return Object.entries(files).flatMap(([path, content]) => {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    if (typeof content !== 'string' && !(content instanceof Uint8Array))
      return [{ path, ...content }];
    writeFileSync(join(place, path), content);
    return [];
  });
}
