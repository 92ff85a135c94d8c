import { inScript, type Tampering } from './tampering.ts';

const customer = inScript('customer_trusted');

const agreed = '& F.col("shareWithResearchAsOfDate").isNotNull()';
const byNow = '& (F.col("shareWithResearchAsOfDate") <= consent_as_of)';

/** Hands on the rule by which consent is read. */
export const consentRule: readonly Tampering[] = [
  customer('null as consent', agreed, '', /expected `F\.col\(<granted>\)\.isNotNull\(\)`/),
  customer(
    'consent from the future',
    byNow,
    '',
    /expected that consent was given by consent_as_of/,
  ),
  customer(
    'consent of the future alone',
    '<= consent_as_of',
    '>= consent_as_of',
    /given by consent_as_of/,
  ),
  customer('another instant', '<= consent_as_of', '<= 9999999999999', /given by consent_as_of/),
  customer(
    'a condition more that is an "or"',
    agreed,
    `& (F.col("email").isNotNull() | F.col("email").isNull())\n            ${agreed}`,
    /expected/,
  ),
  customer('versions of any age', '.where(F.col("_age") == 1)\n', '\n', /expected/),
  customer(
    'all versions but the newest',
    'F.col("_age") == 1',
    'F.col("_age") != 1',
    /expected `==`, found `!=`/,
  ),
  customer(
    'the oldest version',
    'desc_nulls_first',
    'asc_nulls_first',
    /expected `desc_nulls_first`, found `asc_nulls_first`/,
  ),
  customer(
    'undated versions last',
    'desc_nulls_first',
    'desc_nulls_last',
    /expected `desc_nulls_first`/,
  ),
  customer(
    'one of equally new versions',
    'F.rank()',
    'F.row_number()',
    /expected `rank`, found `row_number`/,
  ),
  customer('versions that disagree', '(F.col("_answers") == 1)\n            & ', '', /expected/),
  customer(
    'agreement on something else',
    'F.struct("shareWithResearchAsOfDate")',
    'F.struct("phone")',
    /must agree on exactly the times/,
  ),
  customer(
    'another partition',
    'equally_new = Window.partitionBy("email")',
    'equally_new = Window.partitionBy("serialNumber")',
    /expected `'email'`, found `'serialNumber'`/,
  ),
  {
    it: 'a passing column with the name of a real one',
    file: 'jobs/customer_trusted.py',
    edits: [
      ['.withColumn("_age", F.rank()', '.withColumn("phone", F.rank()'],
      ['F.col("_age") == 1', 'F.col("phone") == 1'],
      ['.drop("_age", ', '.drop("phone", '],
    ],
    says: /^jobs\/customer_trusted\.py:\d+: there is a column phone already/,
  },
  customer(
    'consent read after a filter',
    'landing_customer.where(F.col("email").isNotNull())',
    'landing_customer.where(F.col("phone").isNotNull()).where(F.col("email").isNotNull())',
    /consent is read after rows were dropped/,
  ),
  customer(
    'SQL text as condition',
    'landing_customer.where(F.col("email").isNotNull())',
    'landing_customer.where("email is not null")',
    /expected/,
  ),
  {
    it: "another purpose's consent",
    file: 'jobs/customer_trusted.py',
    edits: [
      ['F.struct("shareWithResearchAsOfDate")', 'F.struct("shareWithPublicAsOfDate")'],
      [agreed, '& F.col("shareWithPublicAsOfDate").isNotNull()'],
      [byNow, '& (F.col("shareWithPublicAsOfDate") <= consent_as_of)'],
    ],
    says: /^jobs\/customer_trusted\.py:\d+: landing\.customer declares no consent that is read off shareWithPublicAsOfDate/,
  },
  customer(
    'no consent asked',
    'return customer_consented',
    'return landing_customer',
    /people whose consent to research was not asked/,
  ),
  customer(
    'consent as of another instant, from main',
    'consent_as_of=run.consent_as_of',
    'consent_as_of=9999999999999',
    /is nothing that a run hands on/,
  ),
  customer(
    'an instant assigned before',
    '    # Keep the newest',
    '    consent_as_of = 9999999999999\n    # Keep the newest',
    /`9999999999999` is no step/,
  ),
];
