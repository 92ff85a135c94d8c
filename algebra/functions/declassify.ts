import { createHmac } from 'node:crypto';
import type { AggregateName } from '../expressions.ts';
import { isIdentifying, type Label } from '../labels.ts';
import type { Column } from '../schema.ts';
import { type DataType, isIntegral, long, string } from '../types.ts';
import { floorDivide } from '../whole-numbers.ts';
import { wholeInRange } from './arithmetic.ts';
import type { FunctionDefinition, Misfit, Operand, PySparkForm } from './definition.ts';
import {
  allLabels,
  asBigint,
  asString,
  countMisfit,
  isMisfit,
  meet,
  nested,
  sparkCall,
  strict,
} from './rules.ts';
import { bucketStart, bucketType } from './time.ts';

/** The only functions whose result has fewer labels than their operands. Each needs a reason; here they are. */
export const declassify: readonly FunctionDefinition[] = [
  {
    ...strict({
      name: 'elapsedSince',
      family: 'privacy',
      doc: 'The time from the second instant to the first, in the unit of whole-number columns, in milliseconds for timestamps; null if it does not fit.',
      type: elapsedType,
      nullable: () => true,
      pyspark: elapsedForm,
      evaluate: ([later, earlier], operands) => elapsed(later, earlier, operands),
    }),
    /** How long after another event of the same person says no clock time, which is what singles people out. */
    labels: (operands) => {
      const labels = allLabels(operands);
      const isClock = ({ labels: own, constant }: Operand) =>
        own.includes('quasi-identifier') && constant === undefined;
      if (operands.length !== 2 || !operands.every(isClock)) return labels;
      return labels.filter((label) => label !== 'quasi-identifier');
    },
  },
  {
    ...strict({
      name: 'band',
      family: 'privacy',
      doc: 'The start of the band that holds a whole number: floor(x / width) * width; null if it does not fit. The width is the one that the column declares, or a multiple of it.',
      type: bandType,
      nullable: () => true,
      constants: [1],
      pyspark: () => ({ form: 'support', name: 'band' }),
      evaluate: bucketStart,
    }),
    /** The declaration says that a band of this width singles nobody out; all wider ones can be computed from it. */
    labels: (operands) => allLabels(operands).filter((label) => label !== 'quasi-identifier'),
  },
  {
    name: 'pseudonym',
    family: 'privacy',
    doc: 'A keyed hash for one purpose: lower-case hex HMAC-SHA-256 of the text in UTF-8; null stays null.',
    type: pseudonymType,
    nullable: ([text]) => text?.nullable ?? true,
    /** Without the key neither the text nor other purposes' pseudonyms of it can be found. */
    labels: (operands) => {
      const purpose = operands[1]?.constant;
      return typeof purpose === 'string' ? [`pseudonym:${purpose}`] : allLabels(operands);
    },
    constants: [1],
    pyspark: () => ({ form: 'step' }),
    evaluate: ([text, purpose], _operands, secrets) =>
      text === null
        ? null
        : createHmac('sha256', secrets.pseudonymKey(asString(purpose)))
            .update(asString(text), 'utf8')
            .digest('hex'),
  },
];

/** Aggregates whose value is made of all values of a group, as the least and the greatest are not. */
const blending: readonly AggregateName[] = ['count', 'countDistinct', 'sum', 'avg', 'stddev'];

/**
 * The labels of an aggregate of a column over groups of at least so many people who have a value there. What is made of many
 * people's values names none of them. That holds of values as they were declared: of computed ones the author could have left
 * all but one person's out (`when(c.email.eq('ann@example.org'), c.x)`).
 */
export function blendedLabels(name: AggregateName, column: Column): readonly Label[] {
  if (!blending.includes(name) || column.origin === undefined) return column.labels;
  return column.labels.filter((label) => !isIdentifying(label) && !label.startsWith('pseudonym:'));
}

/**
 * What the rows of a window tell by being those that agree on a column. Where each group is of one subject, they only say which of
 * its own rows belong together, which they would under any other values. A pseudonym says as little, but a table must not have
 * what came of pseudonyms for other purposes.
 */
export function partitionLabels(column: Column, isOfOne: boolean): readonly Label[] {
  return isOfOne ? column.labels.filter((label) => label.startsWith('pseudonym:')) : column.labels;
}

/** What a reviewed permit leaves of a column's labels (`verbs/declassify.ts`). */
export function loweredBy(
  { was, is }: { readonly was: readonly Label[]; readonly is: readonly Label[] },
  labels: readonly Label[],
): readonly Label[] {
  return labels.filter((label) => is.includes(label) || !was.includes(label));
}

function bandType(operands: readonly Operand[]): DataType | Misfit {
  const type = bucketType(operands);
  const [value, width] = operands;
  if (isMisfit(type) || !value || !width) return type;
  if (value.band === undefined) {
    const expected = 'an unchanged column that is declared with .quasi({ band: ... })';
    return { kind: 'wrong', operand: 0, expected };
  }
  // Of widths of which none divides the other, two bands would tell more than either.
  if (BigInt(String(width.constant)) % BigInt(value.band) === 0n) return type;
  const expected = `${value.band}, as the column is declared, or a multiple of it`;
  return { kind: 'wrong', operand: 1, expected };
}

function elapsedType(operands: readonly Operand[]): DataType | Misfit {
  const count = countMisfit(operands, 2, 2);
  if (count) return count;
  const type = meet(operands);
  if (isMisfit(type) || isIntegral(type)) return type;
  if (type.kind === 'timestamp') return long;
  return { kind: 'wrong', operand: 0, expected: 'a time (timestamp, or int or long of one unit)' };
}

/** Named in the script, since it takes a label off and a plain difference does not. */
const elapsedSince = { form: 'support', name: 'elapsed_since' } as const;

function elapsedForm([operand]: readonly Operand[]): PySparkForm {
  if (operand?.type.kind !== 'timestamp') return elapsedSince;
  const millis = (index: number) => sparkCall('unix_millis', { operand: index });
  return { form: 'nested', term: nested(elapsedSince, millis(0), millis(1)) };
}

function elapsed(
  later: Parameters<typeof asBigint>[0],
  earlier: Parameters<typeof asBigint>[0],
  operands: readonly Operand[],
) {
  const isTimestamp = operands[0]?.type.kind === 'timestamp';
  const unit = (value: bigint) => (isTimestamp ? floorDivide(value, 1000n) : value);
  const result = unit(asBigint(later)) - unit(asBigint(earlier));
  return wholeInRange(result, elapsedType(operands).kind === 'int' ? 'int' : 'long');
}

function pseudonymType(operands: readonly Operand[]): DataType | Misfit {
  const [text, purpose] = operands;
  const count = countMisfit(operands, 2, 2);
  if (count || !text || !purpose) return count ?? { kind: 'count', expected: '2 arguments' };
  if (text.type.kind !== 'string') return { kind: 'wrong', operand: 0, expected: 'a string' };
  if (typeof purpose.constant !== 'string' || purpose.constant === '') {
    return { kind: 'wrong', operand: 1, expected: 'a purpose (constant)' };
  }
  return string;
}
