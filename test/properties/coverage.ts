import { aggregateFunctions } from '../../algebra/aggregate-functions.ts';
import { eachFunctions } from '../../algebra/each-functions.ts';
import { functions } from '../../algebra/functions/index.ts';
import type { Relation } from '../../algebra/relation.ts';
import { verbs } from '../../algebra/verbs/index.ts';
import { windowFunctions } from '../../algebra/window-functions.ts';
import { sayableVerbs } from './said.ts';

/** What no random program has, and why. */
export const notDrawn: Readonly<Record<string, string>> = {
  sql: 'the interpreter does not know what SQL means; its cases are in test/verbs/sql.test.ts',
  pyspark: 'the interpreter does not run Python; its cases are in test/verbs/',
  band: 'it takes columns that a table lets be shown in bands, and is computed as bucket, which is drawn',
};

/** The verbs as authors say them (`.sample`) and as the algebra has them, functions and aggregates, as far as they are drawn. */
export function drawable(): readonly string[] {
  const words = [
    ...sayableVerbs().map((verb) => `.${verb}`),
    ...Object.keys(verbs),
    ...functions.map(({ name }) => name),
    ...Object.keys({ ...eachFunctions, ...aggregateFunctions, ...windowFunctions }),
  ];
  return [...new Set(words)].filter((word) => !(word.replace(/^\./, '') in notDrawn)).sort();
}

/** The verbs, functions and aggregates of which some rows are made, as the algebra names them. */
export function wordsIn(relation: Relation): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { kind, function: name } = part as Readonly<Record<string, unknown>>;
    if (typeof name === 'string') words.add(name);
    else if (typeof kind === 'string' && kind in verbs) words.add(kind);
    Object.values(part).forEach(visit);
  };
  visit(relation);
  return words;
}
