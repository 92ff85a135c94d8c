import { inScript, type Tampering } from '../../verify/tampering/tampering.ts';

const decade = inScript('decade_curated');

/** Edits of the scripts of `library.ts`, after which nobody may believe them. */
export const tamperings: readonly Tampering[] = [
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
