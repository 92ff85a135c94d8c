import type { RelationProblems } from '../../algebra/problem.ts';
import { type Message, message } from '../message.ts';
import { listed, named, visible } from '../wording.ts';

type PrivacyCode = Extract<keyof RelationProblems, `privacy/${string}`>;

interface SinkColumn {
  readonly column: string;
  readonly table: string;
}

interface SinkRows {
  readonly table: string;
  readonly purposes: readonly string[];
}

/** Who may be in a table, and what may be told of them: docs/privacy.md has the rules. */
export const privacyMessages = {
  'privacy/no-subject': message({
    about:
      'A step that asks something of each person (consent, the devices they own) needs rows that name one person each.',
    text: ({ verb, why }) => `${named(verb)} needs rows about one subject each, but ${why}`,
    hint: () => "use it on the landing table, before steps that lose or mix the subject's key",
  }),
  'privacy/unknown-consent': message({
    about: 'Consent is read off the table that declares it, for a purpose that it declares.',
    text: ({ purpose }) => `the table declares no consent to ${named(purpose)}`,
    hint: ({ known }) =>
      known.length > 0
        ? `it declares consent to ${listed(known)}`
        : 'declare `consent` on the landing table',
  }),
  'privacy/consent-columns-changed': message({
    about:
      'Consent counts as the person gave it: the columns that say so must be unchanged copies of the declared ones.',
    text: ({ columns, table }) =>
      `${listed(columns)} must be the unchanged consent columns of ${named(table)}`,
    hint: () => 'use `keepConsented` before computing on them',
  }),
  'privacy/consents-of-two-versions': message({
    about:
      'The newest version of a person decides. Where two consents name different columns for it, one row need not be the newest by both.',
    text: ({ versions }) =>
      `these consents have the newest version by ${listed(versions)}, so that no one version decides`,
    hint: () => 'declare the same `version` for both consents',
  }),
  'privacy/consent-after-filter': message({
    about:
      'The newest version of a person decides. Where rows were filtered or joined away before, the version that withdraws may be among the missing ones.',
    text: ({ purposes }) =>
      `consent to ${listed(purposes)} is read off rows of which some were left out before`,
    hint: () => 'use `keepConsented` first, then filter',
  }),
  'privacy/owner-after-filter': message({
    about:
      'Whether a device has one owner can be told only while nobody is missing: a co-owner who was filtered away is not counted.',
    text: ({ column }) =>
      `the owner of ${named(column)} is looked up after some rows were left out`,
    hint: () => 'use `soleOwner` first, then filter',
  }),
  'privacy/not-an-alias': message({
    about:
      'An owner can be looked up for a column that is declared as an alias: a thing that belongs to a person.',
    text: ({ column }) => `${named(column)} is not declared as an alias of a subject`,
    hint: () => 'declare the column with `.alias(...)`',
  }),
  'privacy/cross-subject': message({
    about:
      'Rows of two people would meet in one row. That can be meant (pairs of neighbours), but is mostly a join that lacks the subject.',
    text: ({ left, right }) =>
      `this join pairs rows of ${named(left)} with rows of ${named(right)}, not necessarily one subject`,
    hint: () => "join on the subject's key too, or say why with `crossSubject: '...'`",
  }),
  'privacy/declassify-mismatch': message({
    about:
      'A permit to declassify says exactly what it lowers: all labels that the column has at that point, of which fewer are kept, or rows that are mixed. Where the library has changed since, somebody has to look at it again.',
    text: ({ what, said, kept, found }) =>
      `${named(what)} is declassified from ${listed(said)} to ${listed(kept)}, but has ${listed(found)}`,
    hint: () =>
      'say in `from` exactly what it has, and in `to` fewer of that; or take the declassification out',
  }),
  'privacy/not-consented': message<SinkRows>({
    about:
      'Every row of a zone with a purpose must depend only on people who consent to it. These rows depend on people of whom that is not known.',
    text: ({ table, purposes }) =>
      `rows of people without consent to ${listed(purposes)} may reach ${named(table)}`,
    hint: ({ purposes }) =>
      `\`keepConsented(${purposes.map((one) => `'${one}'`).join(', ')})\` the table that holds consent, and join with it on the subject's key`,
  }),
  'privacy/mixed-subjects': message<SinkRows & { things: readonly string[] }>({
    about:
      'Each row depends on several people of whom some may not consent, through an aggregate, a pick or a join across people. No later step can take their influence out again.',
    text: ({ table, purposes }) =>
      `${named(table)} would depend on several people at once, some perhaps without consent to ${listed(purposes)}`,
    hint: ({ things }) =>
      things.length > 0
        ? `find the one owner of each ${listed(things)} with \`soleOwner\`, and join with owners who consent`
        : 'keep those who consent first, then aggregate or join across people',
  }),
  'privacy/other-purpose': message<{
    table: string;
    missing: readonly string[];
    consented: readonly string[];
  }>({
    about: 'Consent holds for the purpose it was given for, and for no other.',
    text: ({ table, missing, consented }) =>
      `${named(table)} is for ${listed(missing)}, but its people are known to consent only to ${listed(consented)}`,
    hint: ({ missing, consented }) =>
      `\`keepConsented(${[...consented, ...missing].map((one) => `'${one}'`).join(', ')})\`, or write to a zone of the other purpose`,
  }),
  'privacy/before-consent': message<{ table: string; events: readonly string[] }>({
    about:
      'Consent holds from when it was given: what happened before stays out. The event time of each row must be compared with the consent time of the same person.',
    text: ({ table, events }) =>
      `events from before consent may reach ${named(table)}: ${listed(events)} is not compared with it`,
    hint: ({ events }) =>
      `filter with \`c.${events[0]?.split('.').at(-1) ?? 'time'}.gte(...)\` and the consent time that \`keepConsented\` let through`,
  }),
  'privacy/elapsed-time': message<{ expression: string; why: string }>({
    about:
      'The time between two events of one person says no clock time, so `elapsedSince` gives a column that may be shown. It takes two times as they were recorded, in rows about one person each: the time since a computed instant, or since one that all people share, is a clock time again. A time that is shown in bands is none of these: spans would tell where in its band it lies.',
    text: ({ expression, why }) =>
      `${named(expression)} may still tell a clock time: ${visible(why)}`,
    hint: () =>
      "take the time since the person's own first event: `min(...)` grouped by the person",
  }),
  'privacy/about-nobody': message<{ table: string; columns: readonly string[] }>({
    about: 'A table with columns that identify people is about people, and its rows need an owner.',
    text: ({ table, columns }) =>
      `${named(table)} says whose rows it holds nowhere, yet ${listed(columns)} can identify people`,
    hint: () => 'declare `about: ...` with the column that names the person or the device',
  }),
  'privacy/consent-without-subject': message<{ table: string; purpose: string }>({
    about: 'Consent is given by a person, so the table that declares it must be about a subject.',
    text: ({ table, purpose }) =>
      `${named(table)} declares consent to ${named(purpose)}, but its rows are not about a subject`,
    hint: () => 'declare `about: ...` with a column labelled `.subject(...)`',
  }),
  'privacy/consent-in-two-tables': message<{
    subject: string;
    purpose: string;
    tables: readonly string[];
  }>({
    about:
      'Whether a person consents to a purpose is said in one place. Two tables could disagree, and who withdrew in the one would go on in the other.',
    text: ({ subject, purpose, tables }) =>
      `whether a ${named(subject)} consents to ${named(purpose)} stands in ${listed(tables)}, which may disagree`,
    hint: () =>
      'declare it in one of them, or as two purposes and the zone for both: `purposes: [...]`',
  }),
  'privacy/identifier-in-training-set': message<SinkColumn>({
    about:
      'A table that holds pseudonymous data has no name, email, phone or other direct identifier.',
    text: ({ column, table }) => `${named(column)} identifies a person and reaches ${named(table)}`,
    hint: () => 'drop it, or pseudonymize it',
  }),
  'privacy/subject-in-training-set': message<SinkColumn>({
    about:
      'The key of a person links every table about them; pseudonymous data has a pseudonym for one purpose in its place.',
    text: ({ column, table }) =>
      `${named(column)} is the key of a person and reaches ${named(table)}`,
    hint: () => 'drop it, or pseudonymize it',
  }),
  'privacy/alias-in-training-set': message<SinkColumn>({
    about: 'A device that belongs to one person stands for that person.',
    text: ({ column, table }) => `${named(column)} stands for a person and reaches ${named(table)}`,
    hint: () => 'drop it, or pseudonymize it',
  }),
  'privacy/quasi-identifier-in-training-set': message<SinkColumn>({
    about:
      'A birth date, a clock time or a place singles people out when joined with what others know: of 482 birth dates, 376 were unique.',
    text: ({ column, table }) =>
      `${named(column)} can single a person out and reaches ${named(table)}`,
    hint: () => 'drop it, or coarsen it: `elapsedSince` for times, `band` for numbers',
  }),
  'privacy/consent-time-in-training-set': message<SinkColumn>({
    about: 'The instant of consent is unique to a person to the millisecond.',
    text: ({ column, table }) =>
      `${named(column)} tells when a person consented and reaches ${named(table)}`,
    hint: () => 'drop it after the filter that needs it',
  }),
  'privacy/folder-tells-of-people': message<SinkColumn>({
    about:
      'The values of the columns that a table is partitioned by are the names of its folders. Names stand in access logs, listings, the catalog and error messages, which more people may read than the rows; whoever is erased would stay there.',
    text: ({ column, table }) =>
      `folders of ${named(table)} would be named by ${named(column)}, which tells of people`,
    hint: () =>
      'partition by a column without labels, or not at all: `targetFileSize` alone keeps files large',
  }),
  'privacy/other-pseudonym': message<SinkColumn & { purpose: string }>({
    about: 'A pseudonym is made for one purpose. In a table of another it would link the two.',
    text: ({ column, table, purpose }) =>
      `${named(column)} is a pseudonym for ${named(purpose)}, which is not a purpose of ${named(table)}`,
    hint: () => "pseudonymize for the zone's own purpose, or drop it",
  }),
  'privacy/pseudonyms-of-two-purposes': message<{ job: string; purposes: readonly string[] }>({
    about:
      'Each purpose has a key of its own, so that the pseudonyms of two purposes cannot be joined. A job with both keys, or a table with both pseudonyms, would join them.',
    text: ({ job, purposes }) =>
      `job ${named(job)} brings pseudonyms for ${listed(purposes)} together`,
    hint: () => 'write one job for each purpose',
  }),
} satisfies { readonly [C in PrivacyCode]: Message<RelationProblems[C]> } & Record<string, unknown>;
