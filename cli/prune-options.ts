import { UsageError } from './command.ts';

/** Options of the commands that may delete what is declared no more. */
export const pruneOptions = {
  prune: { type: 'boolean', default: false },
  'prune-tables': { type: 'boolean', default: false },
  'prune-more': { type: 'boolean', default: false },
} as const;

/** Their part of a command's help. */
export const pruneHelp = `  --prune            delete what the library owns and declares no more (orphans), after all else: former jobs, triggers,
                     rulesets, roles and scripts
  --prune-tables     take former tables and databases out of the catalog too; their files stay
  --prune-more       also where that is more than half of what the library owns
`;

/** What was typed for {@link pruneOptions}. */
export interface PruneValues {
  readonly prune: boolean;
  readonly 'prune-tables': boolean;
  readonly 'prune-more': boolean;
}

/**
 * What is to be deleted.
 * @throws UsageError where only some jobs are selected, since nothing else is then looked at
 */
export function pruning(
  { prune, 'prune-tables': pruneTables, 'prune-more': pruneMore }: PruneValues,
  select: readonly string[] = [],
): { readonly prune: boolean; readonly pruneTables: boolean; readonly pruneMore: boolean } {
  if ((prune || pruneTables) && select.length > 0) {
    throw new UsageError('--prune is of the whole library, and --select of some jobs');
  }
  return { prune: prune || pruneTables, pruneTables, pruneMore };
}
