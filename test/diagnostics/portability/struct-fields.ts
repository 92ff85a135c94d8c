import { column, library, table } from '../../check/plain.ts';

const text = { type: { kind: 'string' }, nullable: true } as const;
const shops = table('shop', {
  address: column({
    kind: 'struct',
    fields: [
      { name: 'city', ...text },
      { name: 'City', ...text },
    ],
  }),
});

export default library([], { tables: [shops] });
