/**
 * What a list holds that AWS answers in pages.
 *
 * @param page asks for one: its items, and the token of the next
 */
export async function* pages<T>(
  page: (
    token: string | undefined,
  ) => Promise<readonly [items: readonly T[] | undefined, token: string | undefined]>,
): AsyncGenerator<T> {
  let token: string | undefined;
  do {
    const [items, next] = await page(token);
    yield* items ?? [];
    token = next || undefined;
  } while (token !== undefined);
}

/** All of such a list at once. */
export async function allOf<T>(page: Parameters<typeof pages<T>>[0]): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const one of pages(page)) found.push(one);
  return found;
}
