import { message } from '../message.ts';
import { named } from '../wording.ts';

/** What Glue 5.1 (Spark 3.5.6) and Glue 6.0 (Spark 4.1.1) cannot both do. */
export const portabilityMessages = {
  'portability/decimal': message<{ column: string; type: string }>({
    about: 'Spark decimals have 1 to 38 digits, 0 to all of them behind the point.',
    text: ({ column, type }) =>
      `${named(column)} is ${type}, expected a precision from 1 to 38 and a scale from 0 to the precision`,
    hint: () => 'choose a smaller decimal',
  }),
  'portability/map-key': message<{ column: string; type: string }>({
    about:
      'Keys of a map must be comparable the same way everywhere: Spark refuses maps as keys, and doubles (NaN, -0.0), arrays and structs differ between engines.',
    text: ({ column, type }) =>
      `the keys of ${named(column)} are ${type}, expected string, int, long, boolean, date or timestamp`,
    hint: () => 'use a string key, or an array of structs',
  }),
  'portability/struct-fields': message<{ column: string; why: string }>({
    about:
      'A struct needs at least one field (Parquet cannot hold an empty one), and its fields must differ in more than case (Spark does not tell them apart).',
    text: ({ column, why }) => `the struct ${named(column)} ${why}`,
    hint: () => 'rename or add a field',
  }),
  'portability/group-key': message<{ column: string; type: string; verb: string }>({
    about: 'Spark cannot group or compare maps, alone or inside another type.',
    text: ({ column, type, verb }) =>
      `${named(verb)} cannot compare ${named(column)}, which is ${type}`,
    hint: () => 'drop the column first, or read the entries it needs into columns of their own',
  }),
};
