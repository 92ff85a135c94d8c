import { column, library, table } from '../../check/plain.ts';

const weights = table('weight', {
  byHeight: column({
    kind: 'map',
    key: { kind: 'double' },
    value: { kind: 'double' },
    valueNullable: false,
  }),
});

export default library([], { tables: [weights] });
