import { inScript, type Tampering } from './tampering.ts';

const accelerometer = inScript('accelerometer_trusted');
const stepTrainer = inScript('step_trainer_trusted');
const learning = inScript('machine_learning_curated');
const features = inScript('step_features_curated');
const curated = inScript('customer_curated');

/** Hands on what follows consent: events, joins, owners, columns. */
export const flow: readonly Tampering[] = [
  accelerometer(
    'events before consent alone',
    'F.col("timestamp") >= F',
    'F.col("timestamp") <= F',
    /what happened before consent, by landing\.accelerometer\.timestamp/,
  ),
  accelerometer(
    'events at any time',
    'accelerometer_joined.where(\n        F.col("timestamp") >= F.col("shareWithResearchAsOfDate")\n    )',
    'accelerometer_joined.where(F.col("x") >= F.col("y"))',
    /what happened before consent/,
  ),
  accelerometer(
    'an event compared with a number',
    '>= F.col("shareWithResearchAsOfDate")',
    '>= 0',
    /what happened before consent/,
  ),
  accelerometer(
    'a join on something else',
    'F.col("user") == F.col("email")',
    'F.col("timestamp") == F.col("shareWithResearchAsOfDate")',
    /depend on several people/,
  ),
  accelerometer(
    'a join on more or less',
    'F.col("user") == F.col("email")',
    'F.col("user") >= F.col("email")',
    /depend on several people/,
  ),
  accelerometer(
    'a left join',
    '"inner"',
    '"left"',
    /people whose consent to research was not asked/,
  ),
  accelerometer('a full join', '"inner"', '"full"', /'full'` is no join/),
  accelerometer(
    'a column that was dropped',
    '.drop("email")',
    '',
    /the columns: the compiler says user, timestamp, x, y, z, the script gives .*email/,
  ),
  accelerometer('another column dropped', '.drop("email")', '.drop("x")', /the columns/),
  accelerometer(
    'raw rows beside',
    'accelerometer_reduced.distinct()',
    'accelerometer_reduced.unionByName(landing_accelerometer)',
    /people whose consent to research was not asked/,
  ),
  accelerometer(
    'a limit',
    'accelerometer_reduced.distinct()',
    'accelerometer_reduced.limit(10)',
    /rows are only left out in an order/,
  ),
  accelerometer(
    'a name in another case',
    'F.col("timestamp") >= F',
    'F.col("TIMESTAMP") >= F',
    /no column TIMESTAMP/,
  ),
  stepTrainer(
    'devices of several owners',
    '(F.col("_owners") == 1)',
    '(F.col("_owners") >= 1)',
    /expected `==`, found `>=`/,
  ),
  stepTrainer(
    'owners counted by something else',
    'F.struct("email")',
    'F.struct("serialNumber")',
    /expected/,
  ),
  stepTrainer(
    'owners counted among some',
    'customer_latest.where(F.col("serialNumber").isNotNull())',
    'customer_latest.where(F.col("email") != "").where(F.col("serialNumber").isNotNull())',
    /owners are counted after rows were dropped/,
  ),
  stepTrainer(
    'a version that is not the newest',
    'F.col("lastUpdateDate").desc',
    'F.col("lastUpdateDate").asc',
    /owners are counted after rows were dropped/,
  ),
  stepTrainer(
    'two versions of each',
    'F.col("_row") == 1',
    'F.col("_row") <= 2',
    /owners are counted after rows were dropped/,
  ),
  stepTrainer(
    'a pick that depends on how rows lie',
    'F.col("serialNumber").asc_nulls_last(),\n',
    '',
    /nothing orders serialNumber/,
  ),
  stepTrainer(
    'owners of whatever consent',
    'F.broadcast(curated_customer.withColumnRenamed("email", "_email"))',
    'F.broadcast(landing_customer.select(F.col("email").alias("_email")))',
    /there is no column shareWithResearchAsOfDate here/,
  ),
  learning(
    'people who meet by time alone',
    '(F.col("timestamp") == F.col("sensorReadingTime")) & (F.col("user") == F.col("email"))',
    'F.col("timestamp") == F.col("sensorReadingTime")',
    /rows of two people meet here/,
  ),
  learning(
    'names kept',
    '        "participant",\n        "elapsedMs",',
    '        "participant",\n        F.col("participant").alias("user"),\n        "elapsedMs",',
    /the columns/,
  ),
  learning(
    'the clock kept',
    '"elapsedMs",\n        "x"',
    '"elapsedMs",\n        "timestamp",\n        "x"',
    /machine_learning\.timestamp is quasi-identifier/,
  ),
  learning(
    'a hash without a key',
    'lakewright.pseudonyms(\n        accelerometer_derived,\n        "user",\n        "participant",\n        pseudonym_key,\n    )',
    'accelerometer_derived.withColumn("participant", F.sha2(F.col("user"), 256))',
    /machine_learning\.participant is identifier/,
  ),
  learning(
    'a copy in place of the pseudonym',
    'lakewright.pseudonyms(\n        accelerometer_derived,\n        "user",\n        "participant",\n        pseudonym_key,\n    )',
    'accelerometer_derived.withColumn("participant", F.lower(F.col("user")))',
    /machine_learning\.participant is identifier/,
  ),
  learning(
    'a pseudonym of something else',
    '"user",\n        "participant",',
    '"distanceFromObject",\n        "participant",',
    /asks for the consent of participant, which does not name the subject/,
  ),
  learning(
    'a key of its own',
    'pseudonym_key,\n    ).drop',
    'lakewright.PseudonymKey(b"0123456789abcdef"),\n    ).drop',
    /is no step/,
  ),
  learning(
    'a difference that is called none',
    'lakewright.elapsed_since(',
    'F.try_subtract(',
    /machine_learning\.elapsedMs is quasi-identifier/,
  ),
  learning(
    'the time since the beginning of time',
    'elapsed_since(F.col("timestamp"), F.col("firstReading"))',
    'elapsed_since(F.col("timestamp"), F.try_subtract(F.col("timestamp"), F.col("timestamp")))',
    /machine_learning\.elapsedMs is quasi-identifier/,
  ),
  learning(
    'the time since an instant that all share',
    'pairs.groupBy("user").agg',
    'pairs.groupBy("x").agg',
    /no column user here/,
  ),
  learning(
    'an unknown function of the support module',
    'accelerometer_pseudonymized.select(',
    'lakewright.unmask(accelerometer_pseudonymized).select(',
    /is no step/,
  ),
  features(
    'a constant in the place of a column',
    'F.lit(10000)',
    '"participant"',
    /`'participant'` is no expression/,
  ),
  features(
    'the values of all',
    'groupBy("participant", "windowStartMs")',
    'groupBy("windowStartMs", "participant")',
    /the columns/,
  ),
  features(
    'all participants in one',
    'groupBy("participant", "windowStartMs")',
    'groupBy("windowStartMs")',
    /asks for the consent of participant, which does not name the subject/,
  ),
  features(
    'lists of values',
    'F.avg(F.col("distanceFromObject"))',
    'F.collect_list(F.col("distanceFromObject"))',
    /is no aggregate/,
  ),
  curated(
    'a column of unlike name brought along',
    'trusted_accelerometer.select("user"),\n',
    'trusted_accelerometer.select("x"),\n',
    /no column x/,
  ),
  curated('rows doubled by their own partner', '"left_semi"', '"inner"', /the columns/),
];
