import { expect } from 'chai';
import type { Relation } from '../../../algebra/relation.ts';
import { emitTransform } from '../../../codegen/pyspark/transform.ts';
import {
  aggregate,
  asc,
  calendar,
  call,
  cast,
  column,
  customers,
  dedupe,
  desc,
  filter,
  join,
  keepConsented,
  literal,
  over,
  project,
  readings,
  select,
  soleOwner,
  source,
  steps,
  table,
  union,
} from '../../check/plain.ts';
import { ruffFindings } from '../python-tools.ts';
import { bodyOf, schemasOf } from './schemas.ts';

const customer = source('landing.customer');
const reading = source('landing.reading');
const step = source('landing.step');
const odd = table('odd', { 'a.b': column('long'), 'c`d': column('string?') });
const schemas = schemasOf([customers, readings, steps, calendar, odd]);

interface Case {
  readonly it: string;
  readonly write: Relation;
  /** The steps, between the docstring and `return`. */
  readonly python: string;
}

/** Each verb with what a reviewer of the script reads. */
const cases: readonly Case[] = [
  {
    it: 'filters by a condition, and counts',
    write: filter(reading, call('gt', 'x', literal('double', 0))),
    python: `
      # Keep rows where x > 0.
      reading_filtered = landing_reading.where(F.col("x") > 0.0)
      reading_filtered = counted(reading_filtered, "keep rows where x > 0", of="landing_reading")`,
  },
  {
    it: 'selects unchanged columns by name',
    write: select(reading, 'x', 'user'),
    python: `
      # Select x, user.
      reading_selected = landing_reading.select("x", "user")`,
  },
  {
    it: 'drops what the author drops',
    write: project(reading, { user: 'user', x: 'x' }, 'drop'),
    python: `
      # Drop time.
      reading_reduced = landing_reading.drop("time")`,
  },
  {
    it: 'renames what the author renames',
    write: project(reading, { person: 'user', time: 'time', x: 'x' }, 'rename'),
    python: `
      # Rename user to person.
      reading_renamed = landing_reading.withColumnRenamed("user", "person")`,
  },
  {
    it: 'never renames one after the other where names change places',
    write: project(reading, { x: 'time', time: 'x', user: 'user' }, 'rename'),
    python: `
      # Rename time to x, x to time.
      reading_renamed = landing_reading.select(
          F.col("time").alias("x"),
          F.col("x").alias("time"),
          "user",
      )`,
  },
  {
    it: 'adds one column to the others',
    write: project(reading, { user: 'user', time: 'time', x: 'x', twice: doubled('x') }),
    python: `
      # Derive twice.
      reading_derived = landing_reading.withColumn("twice", F.col("x") + F.col("x"))`,
  },
  {
    it: 'changes several columns at once',
    write: project(reading, { user: 'user', time: 'time', x: doubled('x'), old: 'x' }),
    python: `
      # Derive x, old.
      reading_derived = landing_reading.withColumns({"x": F.col("x") + F.col("x"), "old": F.col("x")})`,
  },
  {
    it: 'casts so that what does not fit is null on every Spark',
    write: project(reading, { user: 'user', time: cast('time', { kind: 'int' }), x: 'x' }, 'cast'),
    python: `
      # Cast time.
      reading_cast = landing_reading.withColumn("time", F.expr("try_cast(\`time\` AS int)"))`,
  },
  {
    it: 'joins by columns of different names as they are',
    write: join('inner', reading, select(customer, 'email', 'name'), { user: 'email' }),
    python: `
      # Select email, name.
      customer_selected = landing_customer.select("email", "name")

      # Join customer_selected on user = email.
      reading_joined = landing_reading.join(
          customer_selected,
          F.col("user") == F.col("email"),
          "inner",
      ).drop("email")
      reading_joined = counted(
          reading_joined,
          "join customer_selected on user = email",
          of="landing_reading",
      )`,
  },
  {
    it: 'gives a right column that the left has too another name while it joins',
    write: join('left', select(reading, 'user', 'x'), select(reading, 'user', 'time'), {
      user: 'user',
    }),
    python: `
      # Select user, x.
      reading_selected = landing_reading.select("user", "x")

      # Select user, time.
      reading_selected_2 = landing_reading.select("user", "time")

      # Left join reading_selected_2 on user.
      reading_joined = reading_selected.join(
          reading_selected_2.withColumnRenamed("user", "_user"),
          F.col("user") == F.col("_user"),
          "left",
      ).drop("_user")
      reading_joined = counted(
          reading_joined,
          "left join reading_selected_2 on user",
          of="landing_reading",
      )`,
  },
  {
    it: 'looks up partners by their keys alone, and broadcasts them where the author says so',
    write: {
      ...join('anti', reading, customer, { user: 'email' }),
      broadcast: 'right',
    } as Relation,
    python: `
      # Keep rows without a partner in landing_customer on user = email.
      reading_unmatched = landing_reading.join(
          F.broadcast(landing_customer.select("email")),
          F.col("user") == F.col("email"),
          "left_anti",
      )
      reading_unmatched = counted(
          reading_unmatched,
          "keep rows without a partner in landing_customer on user = email",
          of="landing_reading",
      )`,
  },
  {
    it: 'aggregates groups',
    write: aggregate(reading, ['user'], { n: over('count'), total: over('sum', 'time') }),
    python: `
      # Make one row for each user.
      reading_summed = landing_reading.groupBy("user").agg(
          F.count(F.lit(1)).alias("n"),
          F.try_sum(F.col("time")).alias("total"),
      )
      reading_summed = counted(reading_summed, "make one row for each user", of="landing_reading")`,
  },
  {
    it: 'breaks ties in the order of a dedupe by all other columns',
    write: dedupe(reading, ['user'], [desc('time')]),
    python: `
      # Keep the first row of each user by time desc.
      order = Window.partitionBy("user").orderBy(
          F.col("time").desc_nulls_last(),
          F.col("x").asc_nulls_last(),
      )
      reading_deduped = (
          landing_reading.withColumn("_row", F.row_number().over(order))
          .where(F.col("_row") == 1)
          .drop("_row")
      )
      reading_deduped = counted(
          reading_deduped,
          "keep the first row of each user by time desc",
          of="landing_reading",
      )`,
  },
  {
    it: 'says distinct where whole rows are compared',
    write: dedupe(reading, ['user', 'time', 'x'], [], 'distinct'),
    python: `
      # Keep distinct rows.
      reading_distinct = landing_reading.distinct()
      reading_distinct = counted(reading_distinct, "keep distinct rows", of="landing_reading")`,
  },
  {
    it: 'unites by name, and tells counts of one name apart',
    write: union(dedupe(reading, ['user', 'time', 'x'], [], 'distinct'), positive()),
    python: `
      # Keep distinct rows.
      reading_distinct = landing_reading.distinct()
      reading_distinct = counted(reading_distinct, "keep distinct rows", of="landing_reading")

      # Keep rows where x > 0.
      reading_filtered = landing_reading.where(F.col("x") > 0.0)
      reading_filtered = counted(reading_filtered, "keep rows where x > 0", of="landing_reading")

      # Keep distinct rows.
      reading_distinct_2 = reading_filtered.distinct()
      reading_distinct_2 = counted(
          reading_distinct_2,
          "keep distinct rows (2)",
          of="keep rows where x > 0",
      )

      # Append the rows of the other table.
      reading_united = reading_distinct.unionByName(reading_distinct_2)
      reading_united = counted(
          reading_united,
          "append the rows of the other table",
          of="keep distinct rows",
      )`,
  },
  {
    it: 'keeps devices of one owner',
    write: soleOwner(select(customer, 'email', 'serial')),
    python: `
      # Select email, serial.
      customer_selected = landing_customer.select("email", "serial")

      # Keep rows whose serial belongs to one email only.
      same_device = Window.partitionBy("serial")
      customer_owned = (
          customer_selected.where(F.col("serial").isNotNull())
          .withColumn("_owners", F.size(F.collect_set(F.struct("email")).over(same_device)))
          .where((F.col("_owners") == 1) & F.col("email").isNotNull())
          .drop("_owners")
      )
      customer_owned = counted(
          customer_owned,
          "keep rows whose serial belongs to one email only",
          of="landing_customer",
      )`,
  },
  {
    it: 'writes the consent rule out',
    write: keepConsented(select(customer, 'email', 'updated', 'researchSince')),
    python: `
      # Select email, updated, researchSince.
      customer_selected = landing_customer.select("email", "updated", "researchSince")

      # Keep the newest version of each email that consents to research.
      newest_first = Window.partitionBy("email").orderBy(F.col("updated").desc_nulls_first())
      customer_newest = (
          customer_selected.where(F.col("email").isNotNull())
          .withColumn("_age", F.rank().over(newest_first))
          .where(F.col("_age") == 1)
      )
      # Equally new versions have to agree, or there is no consent; the first is kept.
      equally_new = Window.partitionBy("email")
      first_of_them = equally_new.orderBy(F.col("researchSince").asc_nulls_last())
      customer_consented = (
          customer_newest.withColumn(
              "_answers",
              F.size(F.collect_set(F.struct("researchSince")).over(equally_new)),
          )
          .withColumn("_row", F.row_number().over(first_of_them))
          .where(
              (F.col("_answers") == 1)
              & (F.col("_row") == 1)
              & F.col("updated").isNotNull()
              & F.col("researchSince").isNotNull()
              & (F.col("researchSince") <= consent_as_of)
          )
          .drop("_age", "_answers", "_row")
      )
      customer_consented = counted(
          customer_consented,
          "keep the newest version of each email that consents to research",
          of="landing_customer",
      )`,
  },
  {
    it: 'makes a pseudonym in a step of its own, and once',
    write: project(
      select(reading, 'user', 'x'),
      { participant: pseudonym(), x: 'x', again: pseudonym() },
      'pseudonymize',
    ),
    python: `
      # Select user, x.
      reading_selected = landing_reading.select("user", "x")

      # Pseudonymize participant, again.
      reading_pseudonymized = lakewright.pseudonyms(
          reading_selected,
          "user",
          "participant",
          pseudonym_key,
      ).select("participant", "x", F.col("participant").alias("again"))`,
  },
  {
    it: 'quotes names that mean something to Spark',
    write: filter(source('landing.odd'), call('isNull', 'c`d')),
    python: `
      # Keep rows where isNull(c\`d).
      odd_filtered = landing_odd.where(F.col("\`c\`\`d\`").isNull())
      odd_filtered = counted(odd_filtered, "keep rows where isNull(c\`d)", of="landing_odd")`,
  },
  {
    it: 'sorts by columns in both directions',
    write: dedupe(step, ['device', 'distance'], [asc('at', 'first')]),
    python: `
      # Keep the first row of each device, distance by at asc.
      order = Window.partitionBy("device", "distance").orderBy(F.col("at").asc_nulls_first())
      step_deduped = (
          landing_step.withColumn("_row", F.row_number().over(order))
          .where(F.col("_row") == 1)
          .drop("_row")
      )
      step_deduped = counted(
          step_deduped,
          "keep the first row of each device, distance by at asc",
          of="landing_step",
      )`,
  },
];

describe('verbs in PySpark', () => {
  for (const { it: title, write, python } of cases) {
    it(title, () => {
      const text = emitTransform(write, { schema: (relation) => schemas(write, relation) });
      expect(bodyOf(text)).to.equal(python.replaceAll('\n      ', '\n').trim());
    });
  }

  it('pleases ruff', () => {
    const modules = cases.map(({ write }) =>
      emitTransform(write, { schema: (relation) => schemas(write, relation) }),
    );
    expect(ruffFindings(modules)).to.equal('');
  });

  it('computes what two steps share once', () => {
    const shared = positive();
    const both = union(shared, shared);
    const text = emitTransform(both, { schema: (relation) => schemas(both, relation) });
    expect(text.match(/distinct\(\)/g)).to.have.length(1);
  });
});

function doubled(name: string) {
  return call('add', name, name);
}

function pseudonym() {
  return call('pseudonym', 'user', literal('string', 'research'));
}

function positive(): Relation {
  const some = filter(reading, call('gt', 'x', literal('double', 0)));
  return dedupe(some, ['user', 'time', 'x'], [], 'distinct');
}
