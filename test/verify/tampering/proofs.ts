import { inScript, type Tampering } from './tampering.ts';

const customer = inScript('customer_trusted');
const accelerometer = inScript('accelerometer_trusted');
const stepTrainer = inScript('step_trainer_trusted');
const learning = inScript('machine_learning_curated');

const since = ', since="shareWithResearchAsOfDate"';
const known = `lakewright.Listed("curated_customer", "email"${since})`;
const events = '            events=["sensorReadingTime"],\n';
const listed = `run.prove_consent(\n            "email",\n            ${known},\n${events}        )`;

/** Hands on what a script asks once more before it publishes, and on whom it leaves out when it reads. */
export const proofs: readonly Tampering[] = [
  customer(
    'rows that nobody counts once more',
    '        run.prove_rows("keep the newest version of each email that consents to research")\n',
    '',
    /publishes without counting the rows once more/,
  ),
  customer(
    'an expectation that does more than look',
    'lakewright.unique("email")',
    'lakewright.unique(print("email"))',
    /nothing that a run proves/,
  ),
  customer(
    'an expectation of another kind',
    'lakewright.unique("email")',
    'lakewright.pseudonyms("email")',
    /nothing that a run proves/,
  ),
  stepTrainer(
    'an expectation of rows that does more than look',
    '{"distance is not negative": F.col("distanceFromObject") >= 0},',
    '{"distance is not negative": F.udf(print)(F.col("distanceFromObject"))},',
    /no expression that the compiler emits/,
  ),
  stepTrainer(
    'an expectation of rows by another name than a text',
    '{"distance is not negative": F',
    '{print("distance is not negative"): F',
    /no expectation that the compiler emits/,
  ),
  stepTrainer(
    'rows counted by something else than the run',
    'expected=run.expected',
    'expected=run.read_json',
    /`expected=run\.read_json` is nothing that a run hands on/,
  ),
  stepTrainer(
    'consent that nobody asks for once more',
    listed,
    'print()',
    /`print\(\)` is nothing that a run proves/,
  ),
  stepTrainer(
    'no question for consent',
    `        ${listed}\n`,
    '',
    /publishes without asking once more for the consent to research/,
  ),
  stepTrainer(
    'consent of a column that names nobody',
    listed,
    `run.prove_consent("sensorReadingTime", ${known}, events=["sensorReadingTime"])`,
    /asks for the consent of sensorReadingTime, which does not name the subject/,
  ),
  stepTrainer(
    'people listed in raw rows',
    listed,
    'run.prove_consent("email", lakewright.Listed("landing_customer", "email"))',
    /landing_customer\.email does not tell who consents/,
  ),
  stepTrainer(
    'times that nobody asks about once more',
    events,
    '',
    /publishes without asking once more whether sensorReadingTime is before the consent to research/,
  ),
  stepTrainer(
    'times of something else than the event, asked about once more',
    'events=["sensorReadingTime"]',
    'events=["distanceFromObject"]',
    /publishes without asking once more whether sensorReadingTime is before the consent to research/,
  ),
  accelerometer(
    'times compared with something else than the consent',
    since,
    ', since="email"',
    /publishes without asking once more whether timestamp is before the consent to research/,
  ),
  accelerometer(
    'no time that is asked about',
    'events=["timestamp"]',
    'events=[]',
    /is nothing that a run proves/,
  ),
  stepTrainer(
    'owners that nobody counts once more',
    'run.prove_sole_owner(\n            "serialNumber",\n            "email",',
    'run.prove_sole_owner(\n            "email",\n            "serialNumber",',
    /publishes without asking once more whether each serialNumber has one email/,
  ),
  {
    it: "another purpose's consent, asked once more",
    file: 'jobs/customer_trusted.py',
    edits: [['granted_at="shareWithResearchAsOfDate"', 'granted_at="shareWithPublicAsOfDate"']],
    says: /^jobs\/customer_trusted\.py:\d+: landing_customer\.email does not tell who consents/,
  },
  learning(
    'a key of its own, asked with',
    'lakewright.Listed("trusted_accelerometer", "user", key=run.pseudonym_key)',
    'lakewright.Listed("trusted_accelerometer", "user", key=print)',
    /tells not who consents|expected a name in quotes/,
  ),
  accelerometer(
    'people who were erased, read all the same',
    'LANDING_ACCELEROMETER, about="user"',
    'LANDING_ACCELEROMETER',
    /landing\.accelerometer leaves out the erased by nothing, not by user|arguments that main asks for/,
  ),
  stepTrainer(
    'people who were erased, looked for in another column',
    'about="email"',
    'about="customerName"',
    /landing\.customer leaves out the erased by customerName, not by email/,
  ),
];
