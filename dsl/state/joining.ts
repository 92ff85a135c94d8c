import type {
  AcrossSubjects,
  CleanFor,
  LocalFor,
  Mixed,
  State,
  WithIdentity,
  WithoutSomeRows,
} from './state.ts';

/** `how` a join keeps rows. */
export type How = 'inner' | 'left' | 'full' | 'cross' | 'semi' | 'anti';

/**
 * Whose rows a join's result holds.
 *
 * @typeParam M left column to right column
 * @typeParam Why the author's reason why rows of two people may meet, or never
 */
export type Joining<H extends How, A extends State, B extends State, M, Why> = 'mixed' extends
  | A['kind']
  | B['kind']
  ? Mixed
  : B['kind'] extends 'public'
    ? H extends 'left'
      ? A
      : H extends 'full'
        ? AcrossSubjects<A>
        : WithoutSomeRows<A>
    : A['kind'] extends 'public'
      ? H extends 'inner' | 'cross'
        ? WithoutSomeRows<WithIdentity<B, InResult<B['keys'], M>, AliasesInResult<B['aliases'], M>>>
        : AcrossSubjects<B>
      : [Meeting<H, A, B, M>] extends [never]
        ? Strangers<A, B, Why>
        : SameSubject<H, A, B, M>;

/** The pairs of columns that make sure that both rows are about one subject. */
type Meeting<H extends How, A extends State, B extends State, M> = H extends 'full'
  ? SharedKeys<A, B, M>
  : { [L in keyof M]: MeetingPair<A, B, L, M[L]> }[keyof M];

type MeetingPair<A extends State, B extends State, L, R> = L extends A['keys']
  ? R extends B['keys']
    ? [A['subject'], B['subject']] extends [B['subject'], A['subject']]
      ? L
      : ByAlias<A, B, L, R>
    : ByAlias<A, B, L, R>
  : ByAlias<A, B, L, R>;

type ByAlias<A extends State, B extends State, L, R> =
  | (L extends A['keys'] ? (readonly [R, A['subject']] extends B['aliases'] ? L : never) : never)
  | (R extends B['keys'] ? (readonly [L, B['subject']] extends A['aliases'] ? L : never) : never);

/** Rows of two people who consent may meet if the author says why; they name nobody then. */
type Strangers<A extends State, B extends State, Why> = [Why] extends [never]
  ? Mixed
  : [A['kind'], B['kind']] extends ['clean', 'clean']
    ? CleanFor<A['purposes'] & B['purposes'], A['subject'], never, never>
    : Mixed;

type SameSubject<H extends How, A extends State, B extends State, M> =
  KeepsConsent<H, A['kind'], B['kind']> extends true
    ? CleanFor<
        A['purposes'] & B['purposes'],
        Person<H, A, B>,
        Keys<H, A, B, M>,
        Aliases<H, A, B, M>
      >
    : LocalFor<
        Person<H, A, B>,
        Keys<H, A, B, M>,
        Aliases<H, A, B, M>,
        H extends 'left' ? A['complete'] : 'no',
        A['purposes'] & B['purposes']
      >;

/** A left or anti join keeps rows of people of whom the right has none, so only the left's guarantee holds; a full one of both. */
type KeepsConsent<H extends How, A, B> = H extends 'full'
  ? [A, B] extends ['clean', 'clean']
    ? true
    : false
  : A extends 'clean'
    ? true
    : H extends 'inner' | 'semi'
      ? B extends 'clean'
        ? true
        : false
      : false;

/** Columns joined on that name the subject on both sides, which is one: those of which a full join knows it in every row. */
type SharedKeys<A extends State, B extends State, M> = [A['subject'], B['subject']] extends [
  B['subject'],
  A['subject'],
]
  ? { [L in keyof M]: L extends A['keys'] ? (M[L] extends B['keys'] ? L : never) : never }[keyof M]
  : never;

type Person<H extends How, A extends State, B extends State> = H extends 'inner' | 'left'
  ? PersonOf<A, B>
  : A['subject'];

/** Of a person and a thing of that person, the person. */
type PersonOf<A extends State, B extends State> = [A['subject']] extends [B['subject']]
  ? A['subject']
  : [Extract<A['aliases'], readonly [unknown, B['subject']]>] extends [never]
    ? B['subject']
    : A['subject'];

/** In a row that a left join keeps without a partner, a column joined on may name somebody else: only the left's names count. */
type Keys<H extends How, A extends State, B extends State, M> = H extends 'semi' | 'anti'
  ? A['keys']
  : H extends 'full'
    ? SharedKeys<A, B, M>
    :
        | (A['subject'] extends PersonOf<A, B> ? A['keys'] : never)
        | (H extends 'left'
            ? never
            : B['subject'] extends PersonOf<A, B>
              ? InResult<B['keys'], M>
              : never);

type Aliases<H extends How, A extends State, B extends State, M> = H extends
  | 'semi'
  | 'anti'
  | 'left'
  ? A['aliases']
  : H extends 'full'
    ? never
    : A['aliases'] | AliasesInResult<B['aliases'], M>;

/** A joined-on right column is not in the result; its left partner has the same values. */
type InResult<K, M> = K extends M[keyof M] ? Partner<K, M> : K;
type Partner<K, M> = { [L in keyof M]: M[L] extends K ? L : never }[keyof M];
type AliasesInResult<A, M> = A extends readonly [infer C, infer Kind]
  ? readonly [InResult<C, M>, Kind]
  : never;
