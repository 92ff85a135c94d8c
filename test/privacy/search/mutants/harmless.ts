const byDevice =
  'Rows of a device with one owner are named by the device instead of the owner. They are about the same person, ' +
  'and every rule that asks whose they are finds a column that says so.';

const noReason =
  'Only people who consent are in these rows, and the guarantee lets such rows meet. That an author must say why is for ' +
  'whoever reviews the program.';

const notInRows =
  'What a semi or an anti join is then said to bring is not in its rows, so that a condition on it keeps none of them. That the ' +
  'rows are named by the device instead of the owner is right: they are about the same person.';

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
  "algebra/verbs/join-columns.ts bringsColumns: how !== 'semi' && how !== 'anti' becomes (how !== 'anti')":
    notInRows,
  "algebra/verbs/join-columns.ts bringsColumns: how !== 'semi' && how !== 'anti' becomes (how !== 'semi')":
    notInRows,
  "algebra/verbs/join-columns.ts bringsColumns: 'semi' becomes 'anti'": notInRows,
  "algebra/verbs/join-columns.ts bringsColumns: 'anti' becomes 'semi'": notInRows,
  'algebra/verbs/join-state.ts joinedIdentity: !bringsColumns(node.how) becomes true': byDevice,
  'algebra/verbs/join-state.ts cleanStrangers: node.crossSubject !== undefined becomes true':
    noReason,
  "algebra/verbs/join-state.ts cleanStrangers: [problem('privacy/cross-subject', node.span, parameters)] becomes []":
    noReason,
  "algebra/verbs/sole-owner.ts state: [problem('privacy/owner-after-filter', node.span, { column: node.alias })] becomes []":
    'The device does not come to stand for its owner, so that whatever needs that is refused as before. The step takes rows of ' +
    'shared devices away, which the guarantee allows, and consent could not be read off these rows anyway.',
  'algebra/verbs/unpivot.ts state: withoutSomeRows(renameIdentity(input.state, (name) => (isGone(name) ? [] : [name]))) becomes renameIdentity(input.state, (name) => (isGone(name) ? [] : [name]))':
    'Every version stays, a row for each column, with the consent that it had, so that consent and owners are read as before. It is ' +
    'refused because `keepConsented` would keep one of these rows, which hardly anybody means.',
  "algebra/verbs/window.ts windowState: state.kind === 'clean' becomes true":
    'Of a person whose newest version was picked there is one row, and a window of the person’s own rows tells of that row alone, so ' +
    'that consent and owners are read from it as before. The rule is careful: who picks and then counts hardly means that.',
  'check/pseudonyms.ts pseudonymProblems: [...made, ...held] becomes [...held]':
    'Pseudonyms for two purposes side by side in a table are refused still. A job that makes such and writes them nowhere links ' +
    'nothing that a reader sees; the rule is careful about what that job could be changed to do.',
};
