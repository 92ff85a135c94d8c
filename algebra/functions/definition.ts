import type { Label } from '../labels.ts';
import type { Value } from '../row.ts';
import type { DataType } from '../types.ts';

/** What is known of an operand before any row is read. */
export interface Operand {
  readonly type: DataType;
  readonly nullable: boolean;
  readonly labels: readonly Label[];
  /** The width of the bands in which it may be shown, where it is a column whose declaration lets it. */
  readonly band?: number;
  /** The constant it is, where it is one. */
  readonly constant?: string | number | boolean | null;
}

/** Why operands do not fit a function. */
export type Misfit =
  | { readonly kind: 'unlike'; readonly left: number; readonly right: number }
  | { readonly kind: 'wrong'; readonly operand: number; readonly expected: string }
  | { readonly kind: 'count'; readonly expected: string };

/**
 * How PySpark says a call. The printer quotes and parenthesises; nothing here is program text. Operands at `constants` are
 * printed as plain Python values, all others as columns (`F.lit(...)` where they are constants).
 */
export type PySparkForm =
  | PySparkCall
  /** Calls inside one another: `F.try_subtract(F.lit(0), argument)`. */
  | { readonly form: 'nested'; readonly term: PySparkTerm };

export type PySparkCall =
  /** `left >= right`, `~right`; more operands are chained: `a & b & c` */
  | { readonly form: 'operator'; readonly symbol: string }
  /** `receiver.isNull()` */
  | { readonly form: 'method'; readonly name: string }
  /** `F.lower(argument)` */
  | { readonly form: 'function'; readonly name: string }
  /** `lakewright.elapsed_since(argument, ...)`: a function of columns of the support module. */
  | { readonly form: 'support'; readonly name: string }
  /** No expression at all: something that the emitter does to a whole frame, in a step of its own. */
  | { readonly form: 'step' };

/** A part of a nested form. */
export type PySparkTerm =
  /** The operand at a position, as a column (a constant one as `F.lit(...)`). */
  | { readonly operand: number }
  /** `F.lit(...)` of a Python `int`, or of a `float` where `type` is double. */
  | { readonly literal: number | bigint; readonly type: 'int' | 'long' | 'double' }
  /** A plain Python string, number or truth value, such as the type name of `.cast("double")`. */
  | { readonly plain: string | number | boolean }
  | { readonly call: PySparkCall; readonly arguments: readonly PySparkTerm[] };

/** What a function may ask while rows are computed. */
export interface Secrets {
  /** Key of pseudonyms, by purpose. */
  pseudonymKey(purpose: string): Uint8Array;
}

/** A scalar function: data, so that every stage reads the same row of the same table. */
export interface FunctionDefinition {
  readonly name: string;
  readonly family:
    | 'comparison'
    | 'logic'
    | 'null'
    | 'arithmetic'
    | 'math'
    | 'digits'
    | 'string'
    | 'regexp'
    | 'collection'
    | 'making'
    | 'json'
    | 'date'
    | 'time'
    | 'privacy';
  /** One sentence for the docs page and the editor. */
  readonly doc: string;
  /** The result's type, or why the operands do not fit. */
  type(operands: readonly Operand[]): DataType | Misfit;
  /** Whether the result can be null. */
  nullable(operands: readonly Operand[]): boolean;
  /** The result's labels; only `declassify.ts` has definitions that answer with fewer than all the operands'. */
  labels(operands: readonly Operand[]): readonly Label[];
  /** Operand positions that must be constants. */
  readonly constants?: readonly number[];
  /** How PySpark says it, where the operand types matter. */
  pyspark(operands: readonly Operand[]): PySparkForm;
  /** The value for one row: the specification. `operands` tells the types. */
  evaluate(values: readonly Value[], operands: readonly Operand[], secrets: Secrets): Value;
}
