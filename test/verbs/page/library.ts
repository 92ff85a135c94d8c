import {
  alias,
  array,
  asc,
  avg,
  count,
  desc,
  double,
  int,
  job,
  lag,
  library,
  long,
  max,
  rowNumber,
  string,
  struct,
  subject,
  zone,
} from '#lakewright';

/** A job for each verb, named after it: the page of verbs shows its rows, and tests compute them on every engine. */

const person = subject('person');
const watch = alias('watch', { of: person });

const landing = zone('landing');
const trusted = zone('trusted', { purpose: 'research', holds: 'identified' });
const curated = zone('curated', { purpose: 'research' });

const weather = landing.table('weather', {
  doc: 'What stations measured; about nobody.',
  columns: {
    station: string(),
    hour: int(),
    celsius: double().nullable(),
  },
});

const stations = landing.table('station', {
  doc: 'Where stations stand.',
  columns: { station: string(), city: string().nullable() },
});

const journeys = landing.table('journey', {
  doc: 'Buses and where they stop.',
  columns: { bus: int(), stops: array(string()) },
});

const readings = landing.table('reading', {
  doc: 'What sensors sent, as they sent it.',
  columns: { sensor: int(), payload: string() },
});

const people = landing.table('person', {
  doc: 'Records of people, a line per version.',
  about: 'email',
  consent: { research: { grantedAt: 'agreedAt', version: 'updatedAt' } },
  columns: {
    email: string().identifier().subject(person),
    watchId: string().alias(watch),
    updatedAt: long().quasi(),
    agreedAt: long().nullable(),
  },
});

const beats = landing.table('beat', {
  doc: 'Heart beats that watches measured.',
  about: 'watchId',
  columns: { watchId: string().alias(watch), rate: int().biometric() },
});

const jobs = [
  job('filter_rows', {
    rows: weather.filter((c) => c.celsius.gt(20)),
    sink: trusted.sink('filter_rows'),
  }),
  job('select_rows', {
    rows: weather.select('hour', 'station'),
    sink: trusted.sink('select_rows'),
  }),
  job('drop_rows', { rows: weather.drop('hour'), sink: trusted.sink('drop_rows') }),
  job('rename_rows', {
    rows: weather.rename({ celsius: 'degrees' }),
    sink: trusted.sink('rename_rows'),
  }),
  job('derive_rows', {
    rows: weather.derive((c) => ({ fahrenheit: c.celsius.times(1.8).plus(32) })),
    sink: trusted.sink('derive_rows'),
  }),
  job('replace_rows', {
    rows: weather.replace((c) => ({ celsius: c.celsius.orElse(0) })),
    sink: trusted.sink('replace_rows'),
  }),
  job('cast_rows', { rows: weather.cast({ celsius: int() }), sink: trusted.sink('cast_rows') }),
  job('join_rows', { rows: weather.join(stations, 'station'), sink: trusted.sink('join_rows') }),
  job('left_join_rows', {
    rows: weather.leftJoin(stations, 'station'),
    sink: trusted.sink('left_join_rows'),
  }),
  job('semi_join_rows', {
    rows: weather.semiJoin(stations, 'station'),
    sink: trusted.sink('semi_join_rows'),
  }),
  job('anti_join_rows', {
    rows: weather.antiJoin(stations, 'station'),
    sink: trusted.sink('anti_join_rows'),
  }),
  job('right_join_rows', {
    rows: weather.rightJoin(stations, 'station'),
    sink: trusted.sink('right_join_rows'),
  }),
  job('full_join_rows', {
    rows: weather.fullJoin(stations, 'station'),
    sink: trusted.sink('full_join_rows'),
  }),
  job('cross_join_rows', {
    rows: weather.crossJoin(weather.aggregate((c) => ({ mean: avg(c.celsius) }))),
    sink: trusted.sink('cross_join_rows'),
  }),
  job('as_of_join_rows', {
    rows: weather
      .select('station', 'hour')
      .asOfJoin(weather.filter((c) => c.celsius.isNotNull()).rename({ hour: 'measured' }), {
        on: 'station',
        time: { left: 'hour', right: 'measured' },
        match: 'before',
      }),
    sink: trusted.sink('as_of_join_rows'),
  }),
  job('dedupe_rows', {
    rows: weather.dedupe({ by: ['station'], order: [desc('celsius'), asc('hour')] }),
    sink: trusted.sink('dedupe_rows'),
  }),
  job('latest_by_rows', {
    rows: weather.latestBy('station', 'hour'),
    sink: trusted.sink('latest_by_rows'),
  }),
  job('distinct_rows', {
    rows: weather.select('station').distinct(),
    sink: trusted.sink('distinct_rows'),
  }),
  job('group_by_rows', {
    rows: weather.groupBy('station').aggregate((c) => ({ hours: count(), mean: avg(c.celsius) })),
    sink: trusted.sink('group_by_rows'),
  }),
  job('aggregate_rows', {
    rows: weather.aggregate((c) => ({ hours: count(), mean: avg(c.celsius) })),
    sink: trusted.sink('aggregate_rows'),
  }),
  job('rollup_rows', {
    rows: weather.rollup('station', 'hour').aggregate((c) => ({ warmest: max(c.celsius) })),
    sink: trusted.sink('rollup_rows'),
  }),
  job('cube_rows', {
    rows: weather.cube('station', 'hour').aggregate(() => ({ readings: count() })),
    sink: trusted.sink('cube_rows'),
  }),
  job('grouping_sets_rows', {
    rows: weather.groupingSets(['station'], ['hour']).aggregate(() => ({ readings: count() })),
    sink: trusted.sink('grouping_sets_rows'),
  }),
  job('explode_rows', {
    rows: journeys.explode('stops', { as: 'stop', position: 'place' }),
    sink: trusted.sink('explode_rows'),
  }),
  job('top_rows', {
    rows: weather.top(2, { order: [desc('celsius')] }),
    sink: trusted.sink('top_rows'),
  }),
  job('window_rows', {
    rows: weather.window({ by: ['station'], order: [asc('hour')] }, (c) => ({
      reading: rowNumber(),
      before: lag(c.celsius),
      warmest: max(c.celsius),
    })),
    sink: trusted.sink('window_rows'),
  }),
  job('sessionize_rows', {
    rows: weather.sessionize({ by: [], time: 'hour', gap: 1, as: 'since' }),
    sink: trusted.sink('sessionize_rows'),
  }),
  job('intersect_rows', {
    rows: weather.select('station').intersect(stations.select('station')),
    sink: trusted.sink('intersect_rows'),
  }),
  job('except_rows', {
    rows: weather.select('station').except(stations.select('station')),
    sink: trusted.sink('except_rows'),
  }),
  job('pivot_rows', {
    rows: weather.pivot({
      by: ['station'],
      on: 'hour',
      values: { at8: 8, at9: 9 },
      measure: (c) => max(c.celsius),
    }),
    sink: trusted.sink('pivot_rows'),
  }),
  job('unpivot_rows', {
    rows: stations.unpivot({ columns: ['station', 'city'], name: 'which', value: 'place' }),
    sink: trusted.sink('unpivot_rows'),
  }),
  job('flatten_rows', {
    rows: readings
      .derive((c) => ({
        said: c.payload.fromJson(struct({ at: int(), place: struct({ name: string() }) })),
      }))
      .drop('payload')
      .flatten(),
    sink: trusted.sink('flatten_rows'),
  }),
  job('sample_rows', {
    rows: weather.sample(0.4, { by: ['station'] }),
    sink: trusted.sink('sample_rows'),
  }),
  job('surrogate_key_rows', {
    rows: stations.surrogateKey({ of: ['station', 'city'], as: 'stationKey' }),
    sink: trusted.sink('surrogate_key_rows'),
  }),
  job('scd_type2_rows', {
    rows: weather.scdType2({ by: ['station'], time: 'hour', columns: ['celsius'] }),
    sink: trusted.sink('scd_type2_rows'),
  }),
  job('pyspark_rows', {
    rows: weather
      .pyspark(
        'def f(rows): return rows.groupBy("station").agg(F.max_by("hour", "celsius").alias("warmest"))',
        { station: string(), warmest: int() },
      )
      .declassify({
        from: 'mixed',
        to: 'research',
        reason: 'Weather is about nobody.',
        reviewer: 'privacy@example.org',
        expires: '2027-03-31',
      }),
    sink: trusted.sink('pyspark_rows'),
  }),
  job('sql_rows', {
    rows: weather
      .sql('SELECT station, max_by(hour, celsius) AS warmest FROM input GROUP BY station', {
        station: string(),
        warmest: int(),
      })
      .declassify({
        from: 'mixed',
        to: 'research',
        reason: 'Weather is about nobody.',
        reviewer: 'privacy@example.org',
        expires: '2027-03-31',
      }),
    sink: trusted.sink('sql_rows'),
  }),
  job('expect_rows', {
    rows: weather.expect((c) => ({ 'somebody read it': c.celsius.isNotNull() }), {
      onFail: 'drop',
    }),
    sink: trusted.sink('expect_rows'),
  }),
  job('union_rows', {
    rows: weather.select('station').union(stations.select('station')),
    sink: trusted.sink('union_rows'),
  }),
  job('keep_consented_rows', {
    rows: people.keepConsented('research'),
    sink: trusted.sink('keep_consented_rows'),
  }),
  job('sole_owner_rows', {
    rows: beats
      .join(people.latestBy('email', 'updatedAt').soleOwner('watchId'), 'watchId')
      .semiJoin(people.keepConsented('research'), 'email')
      .select('email', 'rate'),
    sink: trusted.sink('sole_owner_rows'),
  }),
  job('quarantine_rows', {
    rows: weather.quarantine((c) => ({ 'celsius is known': c.celsius.isNotNull() })).quarantined,
    sink: trusted.sink('quarantine_rows'),
  }),
  job('pseudonymize_rows', {
    rows: people
      .keepConsented('research')
      .select('email')
      .pseudonymize('email', { as: 'participant', purpose: 'research' }),
    sink: curated.sink('pseudonymize_rows'),
  }),
  job('declassify_rows', {
    rows: beats
      .aggregate(() => ({ beats: count() }))
      .declassify({
        from: 'mixed',
        to: 'research',
        reason: 'How many beats there are is on a screen in the hall.',
        reviewer: 'privacy@example.org',
        expires: '2027-03-31',
      }),
    sink: curated.sink('declassify_rows'),
  }),
];

export default library('verbs', { jobs });
