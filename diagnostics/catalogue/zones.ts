import { message } from '../message.ts';
import { listed, named } from '../wording.ts';

/** Which zone may hold what, and in which direction data flows. */
export const zonesMessages = {
  'zones/sink-in-landing': message<{ job: string; table: string }>({
    about:
      'The landing zone holds what arrived, unchanged. What a job writes would be taken for raw data about people of whom nothing is known.',
    text: ({ job, table }) => `job ${named(job)} writes ${named(table)} in the landing zone`,
    hint: () => 'write to a trusted or curated zone',
  }),
  'zones/undeclared': message<{ zone: string; what: string }>({
    about: 'A table or a sink is in a zone that the library does not have.',
    text: ({ zone, what }) =>
      `${named(what)} is in the zone ${named(zone)}, which is not in the library`,
    hint: () => 'declare the zone',
  }),
  'zones/without-purpose': message<{ zone: string }>({
    about:
      'Data about people leaves the landing zone for a purpose that they consented to. A zone without one could admit nobody.',
    text: ({ zone }) => `the zone ${named(zone)} has no purpose`,
    hint: () => "say what its data is used for, such as `purpose: 'research'`",
  }),
  'zones/restricted-for-purpose': message<{ purposes: readonly string[] }>({
    about:
      'The restricted zone holds rows of anybody, for stewards to look at. Were it there for a purpose, people would have to consent to it.',
    text: ({ purposes }) => `the zone ${named('restricted')} is declared for ${listed(purposes)}`,
    hint: () => 'leave the purpose out, or use the zone trusted or curated',
  }),
  'zones/restricted-read': message<{ job: string; table: string }>({
    about:
      'Rows in the restricted zone may be about people who did not consent. No job reads them, so that nothing in a zone with a purpose depends on them.',
    text: ({ job, table }) => `job ${named(job)} reads ${named(table)}, which is for stewards only`,
    hint: () => 'go on from the rows before they were written there',
  }),
  'zones/backwards': message<{ job: string; table: string; sink: string }>({
    about:
      'Pseudonymous data flows from the trusted to the curated zone. A job that takes it back to where people are identified could join pseudonyms with names.',
    text: ({ job, table, sink }) =>
      `job ${named(job)} takes pseudonymous ${named(table)} back to ${named(sink)}, which holds identified data`,
    hint: ({ sink }) => `write ${named(sink)} in the curated zone, or read the table's own inputs`,
  }),
};
