import { script, suffix, support } from '../../../codegen/resources/parameters.ts';
import type { Tampering } from './tampering.ts';

/** Hands on the files beside the scripts. */
export const data: readonly Tampering[] = [
  {
    it: 'an argument that means another table',
    file: 'jobs/accelerometer_trusted.json',
    edits: [
      [`"catalog:stedi${suffix}_trusted.customer"`, `"catalog:stedi${suffix}_landing.customer"`],
    ],
    says: /^jobs\/accelerometer_trusted\.py:\d+: landing\.customer is read with read_table, not read_json/,
  },
  {
    it: 'a place that is no table of the library',
    file: 'jobs/accelerometer_trusted.json',
    edits: [[`"catalog:stedi${suffix}_trusted.customer"`, '"s3://elsewhere/customer"']],
    says: /trusted_customer is no table of the job's definition/,
  },
  {
    it: 'another script',
    file: 'jobs/customer_trusted.json',
    edits: [
      [
        `"ScriptLocation": ${JSON.stringify(script)}`,
        '"ScriptLocation": "s3://elsewhere/script.py"',
      ],
    ],
    says: /the job runs s3:\/\/elsewhere\/script\.py, not its generated script/,
  },
  {
    it: 'another script by an argument',
    file: 'jobs/customer_trusted.json',
    edits: [[`"--scriptLocation": ${JSON.stringify(script)},`, '']],
    says: /a run can bring another script or other modules/,
  },
  {
    it: 'an argument that whoever starts a run can override',
    file: 'jobs/machine_learning_curated.json',
    edits: [['"DefaultArguments": {}', '"DefaultArguments": {"--pseudonym_key": "file:/tmp/key"}']],
    says: /whoever starts a run can say another --pseudonym_key/,
  },
  {
    it: 'a bookmark',
    file: 'jobs/customer_trusted.json',
    edits: [['job-bookmark-disable', 'job-bookmark-enable']],
    says: /a run can skip old rows, and with them who has withdrawn since/,
  },
  {
    it: 'other modules',
    file: 'jobs/customer_trusted.json',
    edits: [[JSON.stringify(support), JSON.stringify(`${support},s3://elsewhere/pyspark.py`)]],
    says: /a run can bring another script or other modules/,
  },
  {
    it: "another purpose's key",
    file: 'jobs/machine_learning_curated.json',
    edits: [['pseudonym-key/research', 'pseudonym-key/marketing']],
    says: /machine_learning\.participant is a pseudonym:marketing, and the zone serves another purpose/,
  },
  {
    it: 'another support module',
    file: 'support/lakewright_steps.py',
    edits: [['return F.try_subtract(later, earlier)', 'return later']],
    says: /^support\/lakewright_steps\.py: is not lakewright_steps\.py as lakewright has it/,
  },
  {
    it: 'a claim of fewer labels',
    file: 'manifest.json',
    edits: [
      [
        '"name": "user",\n          "labels": [\n            "identifier",',
        '"name": "user",\n          "labels": [',
      ],
    ],
    says: /the labels of user: the compiler says subject:customer, the script gives identifier, subject:customer/,
  },
  {
    it: 'a declaration of other consent',
    file: 'library.json',
    edits: [
      [
        '"grantedAt": "shareWithResearchAsOfDate",\n          "version": "lastUpdateDate"\n        }\n      ],\n      "doc"',
        '"grantedAt": "shareWithPublicAsOfDate",\n          "version": "lastUpdateDate"\n        }\n      ],\n      "doc"',
      ],
    ],
    says: /declares no consent that is read off shareWithResearchAsOfDate/,
  },
  {
    it: 'a zone of another purpose',
    file: 'library.json',
    edits: [
      [
        '"name": "trusted",\n      "purposes": [\n        "research"',
        '"name": "trusted",\n      "purposes": [\n        "marketing"',
      ],
    ],
    says: /people who do not consent to marketing/,
  },
];
