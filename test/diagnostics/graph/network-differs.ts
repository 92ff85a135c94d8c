import type { Table } from '../../../algebra/library.ts';
import { calendar, job, library, sink, source, table } from '../../check/plain.ts';

const columns = Object.fromEntries(calendar.columns.map((column) => [column.name, column]));
const behind = (subnet: string): Pick<Table, 'format'> => {
  const at = { securityGroups: ['sg-0a1b2c3d'], availabilityZone: 'eu-central-1a' };
  const network = { name: 'shops', subnet, ...at };
  return {
    format: { kind: 'jdbc', connection: 'c', schema: 's', table: 't', fetchSize: 1, network },
  };
};
const jobs = ['shop', 'depot'].map((name) =>
  job(name, source(`landing.${name}`), sink('trusted', name)),
);

export default library(jobs, {
  tables: [
    table('shop', columns, behind('subnet-0a1b2c3d')),
    table('depot', columns, behind('subnet-0a1b2c3e')),
  ],
});
