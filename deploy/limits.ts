import { DeployError } from './errors.ts';
import { asObject, isJsonObject, type Json } from './json.ts';
import { printable } from './printable.ts';
import type { Desired, Kind } from './resource.ts';

/** What AWS takes as one text. */
interface Limit {
  readonly pattern: RegExp;
  /** In words, behind "takes". */
  readonly takes: string;
  /** Characters, or with `bytes` bytes of UTF-8. */
  readonly longest: number;
  readonly bytes?: true;
}

/** One text of a resource, where it stands, and what AWS takes there. */
type Checked = readonly [place: string, text: string, limit: Limit];

// Glue's API reference, "String patterns": single-line and URI address multi-line. Blanks at the ends are trimmed in places.
const SINGLE_LINE = /^(?!\s)[\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}\t]+(?<!\s)$/u;
const MULTI_LINE = /^[\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}\r\n\t]*$/u;
const NAME: Limit = {
  pattern: SINGLE_LINE,
  takes: 'one line without control characters',
  longest: 255,
};
const DESCRIPTION: Limit = {
  pattern: MULTI_LINE,
  takes: 'text without control characters',
  longest: 2048,
  bytes: true,
};
const COMMENT: Limit = {
  pattern: /^[\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}\t]*$/u,
  takes: 'one line without control characters',
  longest: 255,
  bytes: true,
};
/** The catalog folds names to lower case, and policies that name them do not follow; Athena and Spark part them at a dot. */
const CATALOG_NAME: Limit = {
  pattern: /^[a-z0-9_-]+$/,
  takes: 'lower-case letters, digits, _ and -',
  longest: 255,
};
/** IAM's API reference, CreateRole and PutRolePolicy. */
const ROLE_NAME: Limit = {
  pattern: /^[\w+=,.@-]+$/,
  takes: 'letters, digits and _+=,.@-',
  longest: 64,
};
const POLICY_NAME: Limit = { ...ROLE_NAME, longest: 128 };
/** IAM user guide, "IAM and AWS STS quotas": all inline policies of a role, without white space. */
const POLICIES: Limit = { pattern: /^/, takes: 'inline policies', longest: 10_240 };
/** KMS API reference, CreateAlias and CreateKey. */
const ALIAS: Limit = {
  pattern: /^alias\/(?!aws\/)[a-zA-Z0-9/_-]+$/,
  takes: 'alias/ with letters, digits, /, _ and -',
  longest: 256,
};
const KEY_DESCRIPTION: Limit = { ...DESCRIPTION, longest: 8192 };
/** Tagging best practices: what all services take. */
const TAG_KEY: Limit = {
  pattern: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/iu,
  takes: 'letters, digits, blanks and _.:/=+-@, not beginning with aws:',
  longest: 128,
};
const TAG_VALUE: Limit = {
  pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
  takes: 'letters, digits, blanks and _.:/=+-@',
  longest: 256,
};
/** CreateDataQualityRuleset. */
const RULESET: Limit = { pattern: /^[^\0]/, takes: 'rules', longest: 65_536 };
/** EventBridge API reference, PutRule; user guide, "Amazon EventBridge quotas". */
const RULE_NAME: Limit = { pattern: /^[.\w-]+$/, takes: 'letters, digits and ._-', longest: 64 };
const EVENT_PATTERN: Limit = { pattern: /^/, takes: 'a pattern', longest: 2048 };
const RULE_DESCRIPTION: Limit = { ...DESCRIPTION, longest: 512 };
/** S3 user guide, "Naming Amazon S3 objects". */
const URI: Limit = { pattern: /^s3:\/\//, takes: 'a key', longest: 1024, bytes: true };

const CHECKS: { readonly [K in Kind]?: (of: Desired) => readonly Checked[] } = {
  script: ({ name }) => [['the key', name, URI]],
  support: ({ name }) => [['the key', name, URI]],
  job: named,
  workflow: named,
  trigger: named,
  connection: named,
  'security-configuration': named,
  ruleset: (of) => [...named(of), ['Ruleset', textOf(of.definition['Ruleset']), RULESET]],
  database: (of) => [
    ['the name', of.name, CATALOG_NAME],
    ['Description', textOf(of.definition['Description']), DESCRIPTION],
  ],
  table: tableTexts,
  role: ({ name, definition }) => [
    ['the name', name, ROLE_NAME],
    ...Object.keys(asObject(definition['Policies'])).map(
      (policy): Checked => ['the name of a policy', policy, POLICY_NAME],
    ),
    ['Policies', Object.values(asObject(definition['Policies'])).map(compact).join(''), POLICIES],
  ],
  key: ({ name, definition }) => [
    ['the alias', name, ALIAS],
    ['Description', textOf(definition['Description']), KEY_DESCRIPTION],
  ],
  alarm: ({ name, definition }) => [
    ['the name', name, RULE_NAME],
    ['Description', textOf(definition['Description']), RULE_DESCRIPTION],
    ['EventPattern', JSON.stringify(definition['EventPattern'] ?? {}), EVENT_PATTERN],
  ],
};

/** Of these tags are parameters, which take more. */
const WITHOUT_TAGS: readonly Kind[] = ['database', 'table'];

/**
 * Refuses, before anything is called, names and texts that AWS would refuse or bend.
 *
 * @throws DeployError `deploy/value-refused` for the first of them
 */
export function refuseUnfit(desired: readonly Desired[]): void {
  for (const one of desired) {
    const tags = WITHOUT_TAGS.includes(one.kind) ? [] : tagTexts(one);
    const checked = [...(CHECKS[one.kind]?.(one) ?? []), ...tags];
    for (const text of checked) refuse(text, printable(one.id));
  }
}

function refuse([place, text, limit]: Checked, where: string): void {
  const length = limit.bytes === true ? Buffer.byteLength(text) : text.length;
  const unit = limit.bytes === true ? 'bytes' : 'characters';
  const tooLong = length > limit.longest;
  if (!tooLong && limit.pattern.test(text)) return;
  const shown = printable(text.length > 60 ? `${text.slice(0, 60)}…` : text);
  throw new DeployError(
    'deploy/value-refused',
    `${where}: ${place} is ${JSON.stringify(shown)}, of ${length} ${unit}; AWS takes ${
      tooLong ? `at most ${limit.longest} ${unit}` : limit.takes
    }.`,
    'Say it in another way in the library, then run `npm run generate` again.',
  );
}

function named({ name, definition }: Desired): readonly Checked[] {
  return [
    ['the name', name, NAME],
    ['Description', textOf(definition['Description']), DESCRIPTION],
  ];
}

function tableTexts({ name, definition }: Desired): readonly Checked[] {
  const storage = asObject(definition['StorageDescriptor']);
  const columns = [storage['Columns'], definition['PartitionKeys']].flatMap((list) =>
    Array.isArray(list) ? list.filter(isJsonObject) : [],
  );
  const at = name.indexOf('.');
  return [
    ['the name', name.slice(at + 1), CATALOG_NAME],
    ['Description', textOf(definition['Description']), DESCRIPTION],
    ...columns.flatMap((column): readonly Checked[] => [
      ['the name of a column', textOf(column['Name']), NAME],
      ['the comment of a column', textOf(column['Comment']), COMMENT],
    ]),
  ];
}

function tagTexts({ tags }: Desired): readonly Checked[] {
  return Object.entries(tags).flatMap(([key, value]): readonly Checked[] => [
    ['the name of a tag', key, TAG_KEY],
    [`the tag ${key}`, value, TAG_VALUE],
  ]);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function compact(value: Json): string {
  return JSON.stringify(value).replaceAll(/\s/g, '');
}
