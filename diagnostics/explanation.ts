import { type Code, catalogue, codes } from './catalogue/index.ts';
import { type FailureCode, failures } from './failures/index.ts';

/** Every code that a user can see, in the order of the docs page. */
export const allCodes: readonly (Code | FailureCode)[] = [
  ...codes,
  // The keys of an object literal are its type's.
  ...(Object.keys(failures) as FailureCode[]),
];

/** What a code means, as the docs page and `npm run explain` say it. */
export function explanation(code: Code | FailureCode): string {
  return code in failures ? failures[code as FailureCode] : catalogue[code as Code].about;
}
