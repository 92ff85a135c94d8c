/** The modules of `codegen/support/` that every script runs with: the one it imports, then those that this one is made of. */
export const supportModules = [
  'lakewright_runtime',
  'lakewright_arguments',
  'lakewright_counts',
  'lakewright_expectations',
  'lakewright_failures',
  'lakewright_inputs',
  'lakewright_lines',
  'lakewright_proofs',
  'lakewright_pseudonyms',
  'lakewright_steps',
  'lakewright_suppression',
  'lakewright_tables',
  'lakewright_work',
] as const;
