/** Which mutation the rules of this process follow, of the copy that has all of them in it; -1: none. */
export const chosenMutation = { index: -1 };
