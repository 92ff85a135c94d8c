import type { Table } from '../../../algebra/library.ts';
import { calendar, job, library, sink, source, table, union } from '../../check/plain.ts';

const columns = Object.fromEntries(calendar.columns.map((column) => [column.name, column]));
const behind = (network: string): Pick<Table, 'format'> => ({
  format: { kind: 'jdbc', connection: 'c', schema: 's', table: 't', fetchSize: 1, network },
});
const shops = table('shop', columns, behind('vpc-of-shops'));
const depots = table('depot', columns, behind('vpc-of-depots'));
const both = union(source('landing.shop'), source('landing.depot'));

export default library([job('places', both, sink('trusted', 'places'))], {
  tables: [shops, depots],
});
