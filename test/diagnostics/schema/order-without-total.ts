import { column, dedupe, job, library, sink, source, table } from '../../check/plain.ts';

const tags = column({ kind: 'array', element: { kind: 'string' }, elementNullable: false });
const shops = table('shop', { name: column('string'), tags });
const rows = dedupe(source('landing.shop'), ['name']);

export default library([job('output', rows, sink('curated', 'output'))], { tables: [shops] });
