const byDevice =
  'Rows of a device with one owner are named by the device instead of the owner. They are about the same person, ' +
  'and every rule that asks whose they are finds a column that says so.';

const noReason =
  'Only people who consent are in these rows, and the guarantee lets such rows meet. That an author must say why is for ' +
  'whoever reviews the program.';

/**
 * Forms of the rules that accept more and are still right, with the reason: there the rules are careful beyond what soundness
 * needs. What is not listed here and survives is a hole in the search.
 */
export const harmless: Readonly<Record<string, string>> = {
  "algebra/functions/declassify.ts labels: label !== 'quasi-identifier' becomes false":
    'Other labels than its own come to a recorded time only where a step says that it equals something. How long another event ' +
    'of the same person was before it tells neither the time nor what equals it.',
  'algebra/verbs/join-state.ts personOf: left.subject === right.subject || Object.values(left.aliases).includes(right.subject) ? left : right becomes (left)':
    byDevice,
  'algebra/verbs/join-state.ts personOf: left.subject === right.subject || Object.values(left.aliases).includes(right.subject) ? left : right becomes (right)':
    byDevice,
  'algebra/verbs/join-state.ts personOf: left.subject === right.subject || Object.values(left.aliases).includes(right.subject) becomes (left.subject === right.subject)':
    byDevice,
  'algebra/verbs/join-state.ts personOf: Object.values(left.aliases).includes(right.subject) becomes true':
    byDevice,
  'algebra/verbs/join-state.ts personOf: Object.values(left.aliases).includes(right.subject) becomes false':
    byDevice,
  'algebra/verbs/join-state.ts joinedIdentity: !bringsColumns(node.how) becomes true': byDevice,
  'algebra/verbs/join-state.ts cleanStrangers: node.crossSubject !== undefined becomes true':
    noReason,
  "algebra/verbs/join-state.ts cleanStrangers: [problem('privacy/cross-subject', node.span, parameters)] becomes []":
    noReason,
  "algebra/verbs/sole-owner.ts state: [problem('privacy/owner-after-filter', node.span, { column: node.alias })] becomes []":
    'The device does not come to stand for its owner, so that whatever needs that is refused as before. The step takes rows of ' +
    'shared devices away, which the guarantee allows, and consent could not be read off these rows anyway.',
  'check/pseudonyms.ts pseudonymProblems: [...made, ...held] becomes [...held]':
    'Pseudonyms for two purposes side by side in a table are refused still. A job that makes such and writes them nowhere links ' +
    'nothing that a reader sees; the rule is careful about what that job could be changed to do.',
};
