/** AWS General Reference, "Tag naming limits and requirements". */
const TAG_TEXT = /^[\p{L}\p{N}\p{Zs}+\-=._:/@]*$/u;
/** Of the fifty that AWS takes, some are left for the library and its environment. */
const MOST_TAGS = 40;

/** Tags that AWS would refuse, or that are not the author's to give, each with why. */
export function tagProblems(
  tags: Readonly<Record<string, string>>,
): readonly (readonly [tag: string, why: string])[] {
  const all = Object.entries(tags);
  const problems = all.flatMap(([tag, value]) => {
    const why = tagProblem(tag, value);
    return why === undefined ? [] : [[tag, why] as const];
  });
  const [beyond] = all[MOST_TAGS] ?? [];
  return beyond === undefined
    ? problems
    : [...problems, [beyond, `a job has ${MOST_TAGS} tags at most`]];
}

function tagProblem(tag: string, value: unknown): string | undefined {
  if (/^(aws|lakewright):/i.test(tag)) return 'its beginning is reserved';
  if (tag === '' || tag.length > 128) return 'its name is to have 1 to 128 characters';
  if (typeof value !== 'string' || value.length > 256) {
    return 'its value is to have up to 256 characters';
  }
  const taken = TAG_TEXT.test(tag) && TAG_TEXT.test(value);
  return taken ? undefined : 'it has a character that AWS does not take';
}
