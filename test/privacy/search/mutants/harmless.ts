/**
 * Forms of the rules that accept more and are still right, with the reason: there the rules are careful beyond what soundness
 * needs. What is not listed here and survives is a hole in the search.
 */
export const harmless: Readonly<Record<string, string>> = {};
