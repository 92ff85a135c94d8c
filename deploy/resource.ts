import type { Aws } from './clients.ts';
import type { Difference, ManagedFields } from './compare.ts';
import type { Json, JsonObject } from './json.ts';
import type { ResourceKind } from './manifest.ts';

/** Kinds a plan may hold: those of the manifest, and the bucket that must be there for them. */
export type Kind = ResourceKind | 'bucket';

/** Tag (of a table or database: parameter) that says which library owns a resource. */
export const LIBRARY_TAG = 'lakewright:library';
/** Tag that says of which environment a resource is; none where it was deployed without one. */
export const ENVIRONMENT_TAG = 'lakewright:environment';
/** Tag with the hash of the definition that was deployed last. */
export const HASH_TAG = 'lakewright:sha256';

/** One resource as it should be. */
export interface Desired {
  /** Of the manifest: `job/customer_trusted`. */
  readonly id: string;
  readonly kind: Kind;
  /** Name in AWS; of a table `<database>.<table>`, of a script its `s3://` URI. */
  readonly name: string;
  /** Input of the create call, after substitution, without tags. */
  readonly definition: JsonObject;
  /** All tags it must carry; others are left alone. */
  readonly tags: Readonly<Record<string, string>>;
  /** Bytes of a script or support module. */
  readonly body?: Buffer;
}

/** One resource as AWS holds it. */
export interface Live {
  /** In the shape of {@link Desired.definition}; may hold more. */
  readonly definition: JsonObject;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What somebody once read of a resource: that it was as its hash says when AWS had changed it last. It stays true for good, so that
 * whoever finds this stamp again knows what is there.
 */
export interface Proof {
  /** AWS's own stamp of the last change, ISO-8601 to the millisecond. Compared with other stamps of AWS only. */
  readonly modified: string;
  /** As the tag {@link HASH_TAG} has it. */
  readonly sha256: string;
}

/** Proofs of resources of one kind, by name. */
export type Proofs = ReadonlyMap<string, Proof>;

/** What the deployer must know about one kind of resource; see `kinds/`. */
export interface KindRules {
  /** Which fields the deployer compares, and with which leniency. */
  readonly fields: ManagedFields;
  /** Whether an existing one without this library's tag is refused. */
  readonly owned: boolean;
  /** Fields that no update call can change, `all` where there is none: a difference there means delete and create. */
  readonly fixed?: readonly string[] | 'all';
  /** What AWS holds, or undefined. Reads only. */
  read(aws: Aws, desired: Desired): Promise<Live | undefined>;
  /**
   * The same of many, by id, where AWS has a call for several; there is one for each without it.
   *
   * @param proofs of what need not be read again, by name
   */
  readAll?(
    aws: Aws,
    desired: readonly Desired[],
    proofs: Proofs,
  ): Promise<ReadonlyMap<string, Live>>;
  create(aws: Aws, desired: Desired): Promise<void>;
  /** Brings the live resource to the desired state; `differences` is not empty. */
  update(aws: Aws, desired: Desired, live: Live, differences: readonly Difference[]): Promise<void>;
  /** Only kinds with {@link KindRules.fixed} fields have it. */
  replace?(aws: Aws, desired: Desired, live: Live): Promise<void>;
  /**
   * Puts the tags of `desired` on a resource that exists, and changes nothing else of it. Absent of what belongs to nobody.
   */
  adopt?(aws: Aws, desired: Desired, live: Live): Promise<void>;
  /**
   * Takes the live resource away; no error where somebody else did so meanwhile. Absent of what outlives its library: data, and
   * what guards data (keys, the bucket and its policy).
   */
  delete?(aws: Aws, desired: Desired, live: Live): Promise<void>;
}

/** The string values of a JSON object, as tags and parameters are. */
export function stringMembers(value: Json | undefined): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (member): member is [string, string] => typeof member[1] === 'string',
    ),
  );
}
