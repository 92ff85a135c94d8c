import { arithmetic } from './arithmetic.ts';
import { castSignatures } from './casts.ts';
import { collections } from './collections.ts';
import { comparison } from './comparison.ts';
import { dates } from './dates.ts';
import { digits } from './digits.ts';
import { eaches } from './each.ts';
import { instants } from './instants.ts';
import { json } from './json.ts';
import { logic } from './logic.ts';
import { making } from './making.ts';
import { math } from './math.ts';
import { privacy } from './privacy.ts';
import { reals } from './real.ts';
import { regexp } from './regexp.ts';
import { sequences } from './sequences.ts';
import type { Signature } from './signature.ts';
import { strings } from './strings.ts';

/** What every function gives, of which values. */
export const signatures: readonly Signature[] = [
  ...comparison,
  ...logic,
  ...arithmetic,
  ...math,
  ...reals,
  ...digits,
  ...collections,
  ...eaches,
  ...making,
  ...json,
  ...sequences,
  ...dates,
  ...instants,
  ...strings,
  ...regexp,
  ...privacy,
  ...castSignatures,
];
