import type { Glue } from '@aws-sdk/client-glue';
import { bound, READS_AT_ONCE } from './at-once.ts';

/** What all clients have. */
interface Client {
  readonly middlewareStack: object;
}

/** Lets {@link READS_AT_ONCE} reads be under way at once, whichever client they are of; calls that wait to be made again are not. */
export function boundReads(): <C extends Client>(client: C) => C {
  const inTurn = bound(READS_AT_ONCE);
  return (client) => {
    // The same of all services; their types differ by the calls only.
    const stack = client.middlewareStack as Glue['middlewareStack'];
    stack.add(
      (next, { commandName = '' }) =>
        async (args) =>
          isRead(commandName) ? await inTurn(() => next(args)) : await next(args),
      { step: 'finalizeRequest', name: 'boundReads', priority: 'low' },
    );
    return client;
  };
}

function isRead(command: string): boolean {
  return /^(BatchGet|Describe|Filter|Get|Head|List|Search)/.test(command);
}
