/** A kind of person: `subject('customer')`. */
export interface Subject<N extends string> {
  readonly kind: 'subject';
  readonly name: N;
}

/** A kind of thing that stands for the person it belongs to, such as a device. */
export interface Alias<N extends string, S extends string> {
  readonly kind: 'alias';
  readonly name: N;
  readonly of: Subject<S>;
}

/**
 * A kind of person that tables are about.
 *
 * @example
 * ```ts
 * const customer = subject('customer');
 * ```
 */
export function subject<const N extends string>(name: N): Subject<N> {
  return Object.freeze({ kind: 'subject', name });
}

/**
 * A kind of thing that belongs to a person. Whether it belongs to one alone is found out by `soleOwner`.
 *
 * @example
 * ```ts
 * const device = alias('device', { of: customer });
 * ```
 */
export function alias<const N extends string, const S extends string>(
  name: N,
  { of }: { readonly of: Subject<S> },
): Alias<N, S> {
  return Object.freeze({ kind: 'alias', name, of });
}
