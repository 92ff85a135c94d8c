import { isJsonObject, type Json, type JsonObject } from '../../deploy/json.ts';
import { mapTexts, type OpenParameter, type OpenTexts } from '../open-text.ts';

const PARAMETERS: Readonly<Record<OpenParameter, string>> = {
  account: 'local.account',
  region: 'local.region',
  bucket: 'var.bucket',
};

/** Members that Terraform names by other rules than the rest. */
const RENAMED: Readonly<Record<string, string>> = {
  CloudWatchEncryption: 'cloudwatch_encryption',
  CloudWatchEncryptionMode: 'cloudwatch_encryption_mode',
  SerdeInfo: 'ser_de_info',
  PartitionIndexes: 'partition_index',
};
/** Members that are maps, whose keys are the author's. */
const MAPS = [
  'Arguments',
  'DefaultArguments',
  'DefaultRunProperties',
  'NonOverridableArguments',
  'Parameters',
];

/** A reference to something of this configuration, as a template: `${aws_iam_role.a.arn}`. */
export function reference(expression: string): string {
  return `\${${expression}}`;
}

/**
 * A text that Terraform's templates read as it is (Terraform, "Strings and Templates", "Escape Sequences"). A byte order mark at
 * the beginning of a template would be dropped, so an empty template goes before it.
 */
export function literal(text: string): string {
  const escaped = text.replaceAll(/[$%]\{/g, (found) => `${found.charAt(0)}${found}`);
  return escaped.startsWith('\ufeff') ? `\${""}${escaped}` : escaped;
}

/** Writes a library's texts and definitions as Terraform's JSON syntax has them. */
export class Expressions {
  readonly #open: OpenTexts;
  readonly #references: ReadonlyMap<string, string>;

  /** @param references templates by the whole text that they stand for, such as a role's ARN */
  constructor(open: OpenTexts, references: ReadonlyMap<string, string>) {
    this.#open = open;
    this.#references = references;
  }

  /** One text as a template. */
  text(text: string): string {
    const known = this.#references.get(text);
    if (known !== undefined) return known;
    const parts = this.#open.parts(text);
    return parts
      .map((part) =>
        typeof part === 'string' ? literal(part) : reference(PARAMETERS[part.parameter]),
      )
      .join('');
  }

  /** A JSON value as an expression of the same value; keys are templates there too. */
  value(value: Json): Json {
    return mapTexts(value, (text) => this.text(text));
  }

  /** The input of an AWS call as the arguments and blocks of a resource: `ScriptLocation` is `script_location`. */
  arguments(input: JsonObject): JsonObject {
    const members = Object.entries(input).map(([name, value]): [string, Json] => [
      RENAMED[name] ?? snakeCase(name),
      MAPS.includes(name) ? this.value(value) : this.#argument(value),
    ]);
    return Object.fromEntries(members);
  }

  #argument(value: Json): Json {
    if (Array.isArray(value)) return value.map((item) => this.#argument(item));
    return isJsonObject(value) ? this.arguments(value) : this.value(value);
  }
}

function snakeCase(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
