import type { DeclaredColumn, Format, Jdbc, Network, Zone } from '../../algebra/library.ts';
import type { Span } from '../../algebra/span.ts';
import { callSite } from '../call-site.ts';
import { inWords, refuse } from '../refusal.ts';

/** Where a table of a database is. */
export interface JdbcOptions {
  /**
   * Name of the connection: the secret `lakewright/<library>/connection/<name>` holds its `url`, `user` and `password` as JSON.
   * Lower-case letters, digits, `-` and `_`.
   */
  readonly connection: string;
  /** Default: `public`. */
  readonly schema?: string;
  readonly table: string;
  /** Rows that the driver fetches at a time. Default: 10,000. */
  readonly fetchSize?: number;
  /**
   * The subnet and security groups that reach a database within a VPC; jobs that read the table are attached to them. Either the
   * name of a Glue connection of whatever kind, which whoever keeps the network makes, or what the library makes one of. Default:
   * none.
   */
  readonly network?: string | JdbcNetwork;
  /** A large table is read in so many `parts` at once, by a column of whole numbers. Default: in one part. */
  readonly split?: JdbcSplit;
}

/** What the library makes a Glue connection of the kind `NETWORK` of. Environments may give other subnets by its name. */
export interface JdbcNetwork {
  /** Lower-case letters, digits, `-` and `_`. */
  readonly name: string;
  /** Id of a subnet, as `subnet-0a1b2c3d`. */
  readonly subnet: string;
  /** Ids of security groups, as `sg-0a1b2c3d`; one of them lets itself in at all ports, as Glue's workers need it. */
  readonly securityGroups: readonly string[];
  /** The subnet's availability zone, as `eu-central-1a`; Glue asks for it. */
  readonly availabilityZone: string;
}

/** Ranges of equal width between two bounds. Rows beyond the bounds, and those without a value, are read too. */
export interface JdbcSplit {
  /** An `int` or `long` column of the table; best one with an index and few gaps. */
  readonly by: string;
  readonly from: number;
  readonly to: number;
  /** Connections at once, 2 to 64. */
  readonly parts: number;
}

/** PostgreSQL cuts longer names off. */
const LONGEST_NAME_BYTES = 63;

/**
 * A table of a PostgreSQL database, for the `format` of a table of the landing zone.
 *
 * Each run reads it once, at one moment, in several parts too. Types are those that were declared, or the run stops; a row
 * without a required value is left out and counted, an optional value that cannot be read is null and counted. The
 * database is read only: whoever is erased has to be deleted there.
 *
 * @throws DiagnosticError `dsl/bad-option`
 * @example
 * ```ts
 * const orders = landing.table('order', {
 *   format: jdbc({ connection: 'shop', table: 'orders', split: { by: 'id', from: 1, to: 4_000_000, parts: 8 } }),
 *   columns: { id: long(), amount: decimal(10, 2).nullable() },
 * });
 * ```
 */
export function jdbc(options: JdbcOptions): Jdbc {
  const span = callSite();
  const {
    connection,
    schema = 'public',
    table,
    fetchSize = 10_000,
    network,
    split,
  } = options ?? {};
  const format: Jdbc = {
    kind: 'jdbc',
    connection,
    schema,
    table,
    fetchSize,
    ...(network === undefined ? {} : { network: frozenNetwork(network) }),
    ...(split === undefined ? {} : { split: Object.freeze({ ...split }) }),
  };
  requireDatabase(format, span);
  return Object.freeze(format);
}

/**
 * That a table of a database is one of the landing zone, in no folders, and read by a column that it has.
 * @throws DiagnosticError `dsl/bad-option`
 */
export function requireDatabaseTable(
  format: Format,
  zone: Zone,
  columns: readonly DeclaredColumn[],
  folders: readonly string[],
  span: Span,
): void {
  if (typeof format === 'string' || format.kind !== 'jdbc') return;
  requireDatabase(format, span);
  const demand = demandAt(span);
  demand(zone.name === 'landing', 'format', 'jdbc() in another zone', 'a table of landing');
  demand(folders.length === 0, 'partitionedBy', inWords(folders[0]), 'none with jdbc()');
  const by = format.split?.by;
  const kind = columns.find(({ name }) => name === by)?.type.kind;
  const isWhole = by === undefined || kind === 'int' || kind === 'long';
  demand(isWhole, 'split.by', inWords(by), 'a column of the table, of type int or long');
}

function requireDatabase(format: Jdbc, span: Span): void {
  const { connection, schema, table, fetchSize, network, split } = format;
  const demand = demandAt(span);
  const isConnection = typeof connection === 'string' && /^[a-z][a-z0-9_-]{0,62}$/.test(connection);
  demand(
    isConnection,
    'connection',
    inWords(connection),
    'a name such as shop, of a-z, 0-9, - and _',
  );
  const name = `a name of PostgreSQL, of 1 to ${LONGEST_NAME_BYTES} bytes`;
  demand(isName(schema), 'schema', inWords(schema), name);
  demand(isName(table), 'table', inWords(table), name);
  demand(isWithin(fetchSize, 1, 1_000_000), 'fetchSize', inWords(fetchSize), 'a number of rows');
  if (network !== undefined) requireNetwork(network, span);
  if (split === undefined) return;
  const { by, from, to, parts } = split;
  demand(typeof by === 'string', 'split.by', inWords(by), 'a column of the table');
  demand(Number.isSafeInteger(from), 'split.from', inWords(from), 'a whole number');
  const isAbove = Number.isSafeInteger(to) && to > from;
  demand(isAbove, 'split.to', inWords(to), 'a whole number above split.from');
  demand(isWithin(parts, 2, 64), 'split.parts', inWords(parts), 'a number from 2 to 64');
}

function frozenNetwork(network: string | Network): string | Network {
  if (typeof network !== 'object' || network === null) return network;
  const { name, subnet, securityGroups, availabilityZone } = network;
  const groups = Array.isArray(securityGroups) ? [...new Set(securityGroups)].sort() : [];
  return Object.freeze({ name, subnet, securityGroups: groups, availabilityZone });
}

function requireNetwork(network: string | Network, span: Span): void {
  const demand = demandAt(span);
  if (typeof network !== 'object' || network === null) {
    const isNetwork = typeof network === 'string' && /^[A-Za-z0-9_-]{1,255}$/.test(network);
    const named = 'the name of a Glue connection, of A-Z, a-z, 0-9, - and _, or a subnet';
    demand(isNetwork, 'network', inWords(network), named);
    return;
  }
  const { name, subnet, securityGroups, availabilityZone } = network;
  const matches = (value: unknown, rule: RegExp) => typeof value === 'string' && rule.test(value);
  const isNamed = matches(name, /^[a-z][a-z0-9_-]{0,62}$/);
  demand(isNamed, 'network.name', inWords(name), 'a name such as shops, of a-z, 0-9, - and _');
  const isSubnet = matches(subnet, /^subnet-[0-9a-f]{8,17}$/);
  demand(isSubnet, 'network.subnet', inWords(subnet), 'an id such as subnet-0a1b2c3d');
  const strange = securityGroups.find((one) => !matches(one, /^sg-[0-9a-f]{8,17}$/));
  const isGuarded = securityGroups.length > 0 && strange === undefined;
  const groups = 'a list of ids such as sg-0a1b2c3d';
  demand(isGuarded, 'network.securityGroups', inWords(strange ?? securityGroups), groups);
  const isPlace = matches(availabilityZone, /^[a-z]{2,}(?:-[a-z0-9]+)+-\d[a-z0-9-]*[a-z]$/);
  const place = 'an availability zone such as eu-central-1a';
  demand(isPlace, 'network.availabilityZone', inWords(availabilityZone), place);
}

function demandAt(span: Span) {
  return (isRight: boolean, option: string, found: string, expected: string): void => {
    if (!isRight) refuse('dsl/bad-option', span, { option, found, expected });
  };
}

function isName(name: unknown): boolean {
  if (typeof name !== 'string' || name === '' || /\p{Cc}/u.test(name)) return false;
  return !/\p{Cs}/u.test(name) && Buffer.byteLength(name) <= LONGEST_NAME_BYTES;
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
