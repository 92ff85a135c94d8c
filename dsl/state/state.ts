/**
 * Whose rows a dataset holds, as far as types can follow: a mirror of the rules in `algebra/labels.ts` that is at most
 * stricter. The compiler's check derives the state anew and is the authority.
 */
export interface State {
  readonly kind: 'local' | 'clean' | 'mixed' | 'public';
  /** The kind of person, or of the thing that stands for one. */
  readonly subject: unknown;
  /** Union of the columns each of which names the row's one subject. */
  readonly keys: unknown;
  /** Union of `[column, kind of thing]` for things verified to belong to at most one subject. */
  readonly aliases: unknown;
  /** Which versions of each subject are still there; consent may be read off the first two alone. */
  readonly complete: unknown;
  /** Purposes that everybody on whom the rows depend (besides their own subject, if `local`) consents to. */
  readonly purposes: unknown;
}

/** Every row depends on the rows of one subject, whose consent is not known. */
export interface Local<Subject, Keys, Aliases = never, Complete = 'versions', Others = string> {
  readonly kind: 'local';
  readonly subject: Subject;
  readonly keys: Keys;
  readonly aliases: Aliases;
  readonly complete: Complete;
  readonly purposes: Others;
}

/** The rows depend only on people who consent to every one of the purposes. */
export interface Clean<Purposes, Subject = never, Keys = never, Aliases = never> {
  readonly kind: 'clean';
  readonly subject: Subject;
  readonly keys: Keys;
  readonly aliases: Aliases;
  readonly complete: 'no';
  readonly purposes: Purposes;
}

/** The rows depend on several people, some perhaps not consenting. */
export interface Mixed {
  readonly kind: 'mixed';
  readonly subject: never;
  readonly keys: never;
  readonly aliases: never;
  readonly complete: 'no';
  readonly purposes: never;
}

/** The rows are about nobody. */
export interface Public {
  readonly kind: 'public';
  readonly subject: never;
  readonly keys: never;
  readonly aliases: never;
  readonly complete: 'no';
  readonly purposes: string;
}

/** A local state; one that names no subject cannot be told apart from one about several. */
export type LocalFor<Subject, Keys, Aliases, Complete, Others> = [Keys] extends [never]
  ? Mixed
  : Local<Subject, Keys, Aliases, Complete, Others>;

/** A clean state; without a purpose there is no guarantee left. */
export type CleanFor<Purposes, Subject, Keys, Aliases> = [Purposes] extends [never]
  ? Mixed
  : Clean<Purposes, Subject, Keys, Aliases>;

/** The same guarantee over other columns. */
export type WithIdentity<S extends State, Keys, Aliases> = S['kind'] extends 'local'
  ? LocalFor<S['subject'], Keys, Aliases, S['complete'], S['purposes']>
  : S['kind'] extends 'clean'
    ? Clean<S['purposes'], S['subject'], Keys, Aliases>
    : S;

/** After rows were dropped one by one: what is left may lack a subject's newest version. */
export type WithoutSomeRows<S extends State> = S['complete'] extends 'no'
  ? S
  : Local<S['subject'], S['keys'], S['aliases'], 'no', S['purposes']>;

/** After a step that depends on rows of other subjects too. */
export type AcrossSubjects<S extends State> = S['kind'] extends 'local'
  ? Mixed
  : S['kind'] extends 'clean'
    ? Clean<S['purposes'], S['subject']>
    : S;

type AliasColumns<A> = A extends readonly [infer C, unknown] ? C : never;

/** After only some columns were kept. */
export type Keeping<S extends State, N> = [S['keys'] | AliasColumns<S['aliases']>] extends [N]
  ? S
  : WithIdentity<S, Extract<S['keys'], N>, Extract<S['aliases'], readonly [N, unknown]>>;

/** After some columns were dropped or replaced. */
export type Losing<S extends State, N> = [
  Extract<S['keys'] | AliasColumns<S['aliases']>, N>,
] extends [never]
  ? S
  : WithIdentity<S, Exclude<S['keys'], N>, Exclude<S['aliases'], readonly [N, unknown]>>;

type NewName<K, M> = K extends keyof M ? M[K] : K;
type NewNames<A, M> = A extends readonly [infer C, infer Kind]
  ? readonly [NewName<C, M>, Kind]
  : never;

/** After columns were renamed, by a record of old to new names. */
export type Renaming<S extends State, M> = [
  Extract<S['keys'] | AliasColumns<S['aliases']>, keyof M>,
] extends [never]
  ? S
  : WithIdentity<S, NewName<S['keys'], M>, NewNames<S['aliases'], M>>;

/** After one row was made of each group of rows with the same values of the columns. */
export type Grouping<S extends State, N> = [Extract<S['keys'], N>] extends [never]
  ? AcrossSubjects<S>
  : Keeping<WithoutSomeRows<S>, N>;

/** After one row was picked of each group of rows with the same values of the columns. */
export type Picking<S extends State, N, Rest extends 'newest' | 'no'> = [
  Extract<S['keys'], N>,
] extends [never]
  ? AcrossSubjects<S>
  : S['complete'] extends 'no'
    ? S
    : Local<
        S['subject'],
        S['keys'],
        S['aliases'],
        [N] extends [S['keys']] ? Rest : 'no',
        S['purposes']
      >;

/** After every row was told something by the rows with the same values of the columns. */
export type Windowing<S extends State, N> = [Extract<S['keys'], N>] extends [never]
  ? AcrossSubjects<S>
  : S['complete'] extends 'newest'
    ? WithoutSomeRows<S>
    : S;

/** After the rows of another dataset were appended. */
export type Uniting<A extends State, B extends State> = A['kind'] extends 'public'
  ? AcrossSubjects<B>
  : B['kind'] extends 'public'
    ? AcrossSubjects<A>
    : 'mixed' extends A['kind'] | B['kind']
      ? Mixed
      : [A['kind'], B['kind']] extends ['clean', 'clean']
        ? CleanFor<A['purposes'] & B['purposes'], A['subject'], SharedKeys<A, B>, never>
        : LocalFor<A['subject'], SharedKeys<A, B>, never, 'no', A['purposes'] & B['purposes']>;

type SharedKeys<A extends State, B extends State> = [A['subject']] extends [B['subject']]
  ? [B['subject']] extends [A['subject']]
    ? Extract<A['keys'], B['keys']>
    : never
  : never;
