import { type Label, uniteLabels } from '../../algebra/labels.ts';
import type { Span } from '../../algebra/span.ts';
import { type DataType, isIntegral } from '../../algebra/types.ts';
import { callSite } from '../call-site.ts';
import { inWords, refuse } from '../refusal.ts';
import type { facts, type as typeKey, ValueOf } from '../values/value.ts';
import type { Alias, Subject } from './subject.ts';

/** Carries the expressions of such a column for the editor; no such property exists at run time. */
export declare const value: unique symbol;

/**
 * A column of a table to be: its type, whether it can be null, how private it is. Each method gives a new declaration.
 *
 * @typeParam T the type
 * @typeParam F labels, and `null` where it can be null
 */
export interface ColumnDeclaration<T, out F> {
  readonly [typeKey]: T;
  readonly [facts]: F;
  readonly [value]: ValueOf<T, F>;
  /** It can be null. */
  nullable(): ColumnDeclaration<T, F | 'null'>;
  /** It names a person directly: a name, an e-mail address, a phone number. */
  identifier(): ColumnDeclaration<T, F | 'identifier'>;
  /** It singles a person out together with others: a birthday, a place, a clock time. */
  quasi(): ColumnDeclaration<T, F | 'quasi-identifier'>;
  /**
   * The same of a whole number that may be shown in bands: `int().quasi({ band: 10 })` for a year of birth of which the decade
   * singles nobody out.
   */
  quasi<const W extends number>(options: {
    readonly band: Banded<T, W>;
  }): ColumnDeclaration<T, F | 'quasi-identifier' | `band:${W}`>;
  /** It tells what people keep to themselves: health, income, behaviour. */
  sensitive(): ColumnDeclaration<T, F | 'sensitive'>;
  /** It measures a body so that the person can be recognised by it (GDPR Article 9). */
  biometric(): ColumnDeclaration<T, F | 'biometric'>;
  /** It is the key of a kind of person. */
  subject<const N extends string>(subject: Subject<N>): ColumnDeclaration<T, F | `subject:${N}`>;
  /** It is the key of a thing that belongs to a person. */
  alias<const N extends string>(alias: Alias<N, string>): ColumnDeclaration<T, F | `alias:${N}`>;
  /** What it tells, for the catalog and readers of the script. */
  doc(text: string): ColumnDeclaration<T, F>;
}

type Banded<T, W> = T extends 'int' | 'long' ? W : 'only whole numbers (int, long) have bands';

/** Any declaration. */
export type AnyColumn = ColumnDeclaration<unknown, unknown>;

/** What stands behind a declaration that an author holds. */
export interface Declared {
  readonly type: DataType;
  readonly nullable: boolean;
  readonly labels: readonly Label[];
  readonly band?: number;
  readonly doc?: string;
  readonly span: Span;
}

const declarations = new WeakMap<object, Declared>();

const methods = {
  nullable: (declared: Declared) => ({ ...declared, nullable: true }),
  identifier: labelled(() => 'identifier'),
  quasi: banded,
  sensitive: labelled(() => 'sensitive'),
  biometric: labelled(() => 'biometric'),
  subject: labelled((subject) => `subject:${nameOf(subject, 'subject')}`),
  alias: labelled((alias) => `alias:${nameOf(alias, 'alias')}`),
  doc: (declared: Declared, text: unknown) => ({ ...declared, doc: String(text) }),
} satisfies { readonly [M in MethodName]: (declared: Declared, value: unknown) => Declared };

type MethodName = Exclude<keyof AnyColumn, symbol>;

const prototype = Object.freeze(
  Object.fromEntries(
    Object.entries(methods).map(([name, change]) => [
      name,
      function changed(this: unknown, value?: unknown): AnyColumn {
        return declare(change(declarationOf(this, `.${name}(...)`, callSite()), value));
      },
    ]),
  ),
);

function labelled(label: (value: unknown) => Label) {
  return (declared: Declared, value: unknown): Declared => ({
    ...declared,
    labels: uniteLabels(declared.labels, [label(value)]),
  });
}

function banded(declared: Declared, options: unknown): Declared {
  const quasi = labelled(() => 'quasi-identifier')(declared, undefined);
  if (options === undefined) return quasi;
  const { band } = (options ?? {}) as { readonly band?: unknown };
  if (isIntegral(declared.type) && Number.isSafeInteger(band) && Number(band) > 1)
    return { ...quasi, band: Number(band) };
  const expected = 'a whole number above 1, of an int or long column';
  return refuse('dsl/bad-option', callSite(), { option: 'band', found: inWords(band), expected });
}

function nameOf(value: unknown, kind: 'subject' | 'alias'): string {
  const { kind: found, name } = (value ?? {}) as {
    readonly kind?: unknown;
    readonly name?: unknown;
  };
  if (found === kind && typeof name === 'string') return name;
  const expected = `${kind}('name')`;
  return refuse('dsl/bad-option', callSite(), { option: kind, found: inWords(value), expected });
}

/** What authors hold of a declaration. Its type and facts exist for the editor only. */
export function declare<T, F>(declared: Declared): ColumnDeclaration<T, F> {
  const handle = Object.freeze(Object.create(prototype) as ColumnDeclaration<T, F>);
  declarations.set(handle, declared);
  return handle;
}

/**
 * The declaration that an author gave.
 * @throws DiagnosticError `dsl/bad-option`
 */
export function declarationOf(value: unknown, where: string, span: Span): Declared {
  const declared =
    typeof value === 'object' && value !== null ? declarations.get(value) : undefined;
  if (declared) return declared;
  const expected = 'a type such as string() or long()';
  return refuse('dsl/bad-option', span, { option: where, found: inWords(value), expected });
}
