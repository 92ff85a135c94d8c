import { aggregate, column, job, library, over, sink, source, table } from '../../check/plain.ts';

const shops = table('shop', {
  name: column('string'),
  prices: column({
    kind: 'map',
    key: { kind: 'string' },
    value: { kind: 'int' },
    valueNullable: false,
  }),
});
const rows = aggregate(source('landing.shop'), ['prices'], { shops: over('count') });

export default library([job('output', rows, sink('curated', 'output'))], { tables: [shops] });
