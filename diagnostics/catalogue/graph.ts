import { message } from '../message.ts';
import { named } from '../wording.ts';

/** The graph of jobs and tables. */
export const graphMessages = {
  'graph/cycle': message<{ path: readonly string[] }>({
    about:
      'Jobs that wait for each other never start: each reads, directly or through others, what it writes.',
    text: ({ path }) => `these jobs wait for each other: ${path.map(named).join(' -> ')}`,
    hint: () => 'let one of them read an earlier table',
  }),
};
