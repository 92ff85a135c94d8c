import { column, library, table } from '../../check/plain.ts';

const consents = [{ purpose: 'research', grantedAt: 'researchSince', version: 'at' }];
const visits = table(
  'visit',
  {
    door: column('string', 'alias:door'),
    at: column('long'),
    researchSince: column('long?'),
  },
  { owner: { kind: 'alias', name: 'door', column: 'door' }, consents },
);

export default library([], { tables: [visits] });
