import { column, library, table } from '../../check/plain.ts';

const prices = table('price', { amount: column({ kind: 'decimal', precision: 40, scale: 2 }) });

export default library([], { tables: [prices] });
