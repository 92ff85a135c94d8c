import { inScript, type Tampering } from './tampering.ts';

const customer = inScript('customer_trusted');
const features = inScript('step_features_curated');
const sensors = inScript('step_trainer_trusted');

/** Hands on the module around the flow. */
export const surroundings: readonly Tampering[] = [
  customer(
    'another sink',
    'run.publish(result, "trusted_customer")',
    'run.publish(result, "curated_customer")',
    /arguments that main asks for/,
  ),
  {
    it: 'another sink, asked for',
    file: 'jobs/customer_trusted.py',
    edits: [
      [
        '"trusted_customer",\n            "quarantine"',
        '"curated_customer",\n            "quarantine"',
      ],
      ['run.publish(result, "trusted_customer")', 'run.publish(result, "curated_customer")'],
    ],
    says: /^jobs\/customer_trusted\.py:\d+: publishes to no table that the job's definition knows \(curated_customer\)/,
  },
  customer(
    'raw rows published',
    'run.publish(result,',
    'run.publish(run.read_json("landing_customer", LANDING_CUSTOMER),',
    /expected `result`/,
  ),
  customer(
    'the places of another library',
    'library="stedi"',
    'library="other"',
    /runs as a job of other, not of this library/,
  ),
  customer(
    'people who are let in again in time',
    'about="email"',
    'about="email", at="lastUpdateDate"',
    /leaves out the erased up to lastUpdateDate, not no time/,
  ),
  sensors(
    'what a device measures for its next owner',
    '                at="sensorReadingTime",\n',
    '',
    /leaves out the erased up to no time, not sensorReadingTime/,
  ),
  customer(
    'published twice',
    '        run.publish(result, "trusted_customer")\n',
    '        run.publish(result, "trusted_customer")\n        run.publish(result, "trusted_customer")\n',
    /`run\.publish\(.*\)` is nothing that a run proves/,
  ),
  customer(
    'another path read',
    'run.read_json("landing_customer", ',
    'run.spark.read.json("s3://elsewhere/customer", ',
    /reads otherwise than the compiler emits/,
  ),
  customer(
    'lines read without care',
    'run.read_json(',
    'run.read_table(',
    /is read with read_table, not read_json/,
  ),
  customer(
    'a null where none may be',
    'T.StructField("email", T.StringType(), nullable=False)',
    'T.StructField("email", T.StringType(), nullable=True)',
    /landing\.customer\.email is read as string or null, not as declared/,
  ),
  customer(
    'a type that was not declared',
    'T.StructField("lastUpdateDate", T.LongType(), nullable=False)',
    'T.StructField("lastUpdateDate", T.StringType(), nullable=False)',
    /is read as string, not as declared/,
  ),
  customer(
    'a file written',
    '    # Keep the newest',
    '    open("/tmp/rows", "w")\n    # Keep the newest',
    /`open\('\/tmp\/rows', 'w'\)` is no statement/,
  ),
  customer(
    'rows written',
    'return customer_consented',
    'return customer_consented.write.parquet("/tmp/rows")',
    /\.parquet\(\) is no step|is no step/,
  ),
  customer(
    'another import',
    'import sys\n',
    'import os\nimport sys\n',
    /`import os` is no import that a script needs/,
  ),
  customer(
    'another module under a known name',
    'from pyspark.sql import functions as F',
    'from pyspark.pandas import functions as F',
    /is no import/,
  ),
  customer(
    'an import within',
    '    # Keep the newest',
    '    import os\n    # Keep the newest',
    /`import os` is no statement/,
  ),
  customer('a decorator', 'def transform(', '@print\ndef transform(', /expected nothing|expected/),
  customer('a default that runs', 'counted=lakewright.uncounted', 'counted=print', /expected/),
  customer(
    'a function that does more than count',
    'counted=run.counted',
    'counted=lambda frame, name, of: frame',
    /is nothing that a run hands on/,
  ),
  customer(
    'a count of another frame',
    'customer_consented = counted(\n        customer_consented,',
    'customer_consented = counted(\n        landing_customer,',
    /is no step/,
  ),
  customer(
    'a statement of the module',
    'def main()',
    'print("hello")\n\n\ndef main()',
    /expected transform, main and the call of main/,
  ),
  customer(
    'a known name with another meaning',
    'LANDING_CUSTOMER = T',
    'F = T\nLANDING_CUSTOMER = T',
    /is no list of columns/,
  ),
  customer(
    'a return in the middle',
    '    # Equally new',
    '    return landing_customer\n    # Equally new',
    /expected/,
  ),
  customer('no Python', 'def main() -> None:', 'def main() -> None', /is no Python/),
  features(
    'SQL text',
    'F.sqrt(',
    'F.expr("(select max(email) from trusted.customer)").isNull() | F.sqrt(',
    /is SQL text other than try_cast of one column/,
  ),
  features('chance', 'F.lit(10000)', 'F.rand()', /F\.rand is not emitted/),
  features(
    'the name of the file',
    'F.lit(10000)',
    'F.input_file_name()',
    /F\.input_file_name is not emitted/,
  ),
  features(
    'a function of the author',
    'F.lit(10000)',
    'F.udf(print)(F.col("x"))',
    /is no expression/,
  ),
];
