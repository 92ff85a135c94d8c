/** The part of IAM's evaluation that the generated policies use: allow statements with wildcards and conditions. */
interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** Whether a policy document allows one action on one resource, in the context of a request. */
export function allows(
  document: unknown,
  action: string,
  resource: string,
  context: Readonly<Record<string, string>> = {},
): boolean {
  const { Statement: statements } = document as { readonly Statement: readonly Statement[] };
  return statements.some(
    (statement) =>
      statement.Action.some((pattern) => matches(pattern, action)) &&
      statement.Resource.some((pattern) => matches(pattern, resource)) &&
      holds(statement, context),
  );
}

function holds(statement: Statement, context: Readonly<Record<string, string>>): boolean {
  return Object.entries(statement.Condition ?? {}).every(([operator, tests]) =>
    Object.entries(tests).every(([key, wanted]) => {
      const given = context[key];
      const patterns = [wanted].flat();
      if (given === undefined) return false;
      if (/StringLike$/.test(operator)) return patterns.some((pattern) => matches(pattern, given));
      return patterns.includes(given);
    }),
  );
}

function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
