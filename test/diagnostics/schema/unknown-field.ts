import { column, job, library, project, sink, source, table } from '../../check/plain.ts';

const shops = table('shop', {
  address: column({
    kind: 'struct',
    fields: [{ name: 'city', type: { kind: 'string' }, nullable: false }],
  }),
});
const town = { kind: 'field', input: { kind: 'column', name: 'address' }, field: 'town' } as const;
const rows = project(source('landing.shop'), { town });

export default library([job('output', rows, sink('curated', 'output'))], { tables: [shops] });
