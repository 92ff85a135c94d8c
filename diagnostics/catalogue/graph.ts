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
  'graph/network-differs': message<{ network: string }>({
    about:
      'A network that the library makes a Glue connection to is known by its name, so that it is the same wherever it is named.',
    text: ({ network }) => `the network ${named(network)} is declared twice, and not alike`,
    hint: () => 'declare it once as a constant, and name that, or give one of them another name',
  }),
  'graph/several-networks': message<{ job: string; networks: readonly string[] }>({
    about:
      'Glue puts a job into one subnet (developer guide, "Setting up network access to data stores"), and so it reaches databases behind one network connection.',
    text: ({ job, networks }) =>
      `${named(job)} reads databases behind several networks: ${networks.map(named).join(', ')}`,
    hint: () =>
      'let a job of its own read each, or name a connection whose subnet reaches all of them',
  }),
};
