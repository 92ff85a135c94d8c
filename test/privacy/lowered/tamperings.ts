import { inScript, type Tampering } from '../../verify/tampering/tampering.ts';

const decade = inScript('decade_curated');
const ward = inScript('ward_curated');
const bed = inScript('bed_curated');
const city = inScript('city_curated');
const overall = inScript('overall_curated');

/**
 * Edits of the files of `library.ts`, after which nobody may believe them.
 * @param until the last day of its permits
 */
export function tamperings(until: string): readonly Tampering[] {
  return [...bands, ...groups, ...permits(until), ...listings];
}

const bands: readonly Tampering[] = [
  decade(
    'a narrower band',
    'F.col("birthYear"), 10',
    'F.col("birthYear"), 5',
    /declared are bands of 10/,
  ),
  decade(
    'a band that begins elsewhere',
    'F.col("birthYear"), 10',
    'F.col("birthYear") + 5, 10',
    /no declaration lets this be shown in bands/,
  ),
  decade('a band of no width', 'F.col("birthYear"), 10', 'F.col("birthYear"), 0', /bands of 10/),
  decade(
    'the year itself',
    'lakewright.band(F.col("birthYear"), 10)',
    'F.col("birthYear")',
    /curated\.decade\.decade is quasi-identifier/,
  ),
];

const counts =
  /`.+` does not count the people of each group|the library declares no such groups|is no least number/;

const groups: readonly Tampering[] = [
  city('smaller groups', '(F.col("_subjects") >= 3)', '(F.col("_subjects") >= 1)', counts),
  city('groups not looked at', '(F.col("_subjects") >= 3)\n            & ', '', counts),
  city('one who has a value', '(F.col("_subjects_3") >= 3)', '(F.col("_subjects_3") >= 1)', counts),
  city(
    'groups of at most so many',
    '(F.col("_subjects_3") >= 3)',
    '(F.col("_subjects_3") <= 3)',
    counts,
  ),
  city(
    'rows counted for people',
    'F.count_distinct(F.col("email")).alias("_subjects")',
    'F.count(F.col("email")).alias("_subjects")',
    /counts no subjects/,
  ),
  city(
    'cities counted for people',
    'F.count_distinct(F.col("email")).alias("_subjects")',
    'F.count_distinct(F.col("city")).alias("_subjects")',
    counts,
  ),
  city(
    'other groups',
    '.groupBy("city", "decade")',
    '.groupBy("decade", "city")',
    /the library declares no such groups/,
  ),
  city(
    'a measure that leaves all but one out',
    'F.avg(F.col("birthYear"))',
    'F.avg(F.when(F.col("email") == "ann", F.col("birthYear")))',
    /curated\.city\.born is identifier/,
  ),
  city(
    'the year of the eldest',
    'F.avg(F.col("birthYear"))',
    'F.min(F.col("birthYear"))',
    /curated\.city\.born is quasi-identifier/,
  ),
  city(
    'the groups not asked for once more',
    '            3,\n            by=',
    '            2,\n            by=',
    /without asking once more for the [23] email of each group/,
  ),
  overall(
    'all rows, however few',
    '.where(F.col("_subjects") >= 3)',
    '.where(F.col("_subjects") >= 2)',
    counts,
  ),
];

function permits(until: string): readonly Tampering[] {
  return [
    ward(
      'a permit for longer',
      `until="${until}"`,
      'until="2999-12-31"',
      /declares no such permit/,
    ),
    ward(
      'a permit for another column',
      '        "ward",\n        labels',
      '        "email",\n        labels',
      /declares no such permit/,
    ),
    ward('a permit for more', 'kept=["sensitive"]', 'kept=[]', /declares no such permit/),
    ward(
      'a permit of other labels',
      'labels=["quasi-identifier", "sensitive"]',
      'labels=["identifier", "sensitive"]',
      /declares no such permit/,
    ),
    ward(
      'no look at the last day',
      `        run.require_permits("${until}")\n`,
      '',
      /does not look at the last days of exactly its permits/,
    ),
    ward(
      'a look at another day',
      `run.require_permits("${until}")`,
      'run.require_permits("2999-12-31")',
      /does not look at the last days of exactly its permits/,
    ),
    bed(
      'mixed rows for another purpose',
      'purposes=["research"]',
      'purposes=["advertising", "research"]',
      /declares no such permit/,
    ),
    bed(
      'mixed rows without the permit',
      `lakewright.declassified_rows(\n        patient_summed,\n        purposes=["research"],\n        until="${until}",\n    )`,
      'patient_summed.select("city", "taken")',
      /depend on several people/,
    ),
    decade(
      'a permit where none was given',
      'return patient_summed',
      `return lakewright.declassified_rows(patient_summed, purposes=["research"], until="${until}")`,
      /declares no such permit/,
    ),
  ];
}

const said = (it: string, from: string, to: string): Tampering => ({
  it,
  file: 'manifest.json',
  edits: [[from, to]],
  says: /^manifest\.json: (?:declassifications|crossSubjects) are not those that the library declares$/,
});

const listings: readonly Tampering[] = [
  said('another reason in the manifest', 'Which of the 24 wards', 'Nothing of the wards'),
  said('another reason why two people meet', 'who may visit whom', 'no reason'),
  said('another column in the manifest', '"column": "ward"', '"column": "city"'),
];
