import { arithmetic } from './arithmetic.ts';
import { collections } from './collection.ts';
import { comparison } from './comparison.ts';
import { dates } from './date.ts';
import { dateTexts } from './date-text.ts';
import { declassify } from './declassify.ts';
import type { FunctionDefinition } from './definition.ts';
import { digits } from './digits.ts';
import { instants } from './instant.ts';
import { json } from './json.ts';
import { logic } from './logic.ts';
import { making } from './making.ts';
import { math } from './math.ts';
import { nulls } from './nulls.ts';
import { real } from './real.ts';
import { regexp } from './regexp.ts';
import { sequences } from './sequence.ts';
import { strings } from './string.ts';
import { time } from './time.ts';

/** Every scalar function of the language, family by family. */
export const functions: readonly FunctionDefinition[] = [
  ...comparison,
  ...logic,
  ...nulls,
  ...arithmetic,
  ...math,
  ...real,
  ...digits,
  ...strings,
  ...regexp,
  ...collections,
  ...sequences,
  ...making,
  ...json,
  ...dates,
  ...instants,
  ...dateTexts,
  ...time,
  ...declassify,
];

const byName = new Map(functions.map((definition) => [definition.name, definition]));

/** The definition of a function, or undefined where the language has none of that name. */
export function functionNamed(name: string): FunctionDefinition | undefined {
  return byName.get(name);
}
