import { column, job, library, select, sink, source, table } from '../../check/plain.ts';

const visits = table(
  'visit',
  { card: column('string', 'subject:visitor'), since: column('long?'), version: column('long') },
  {
    owner: { kind: 'subject', name: 'visitor', column: 'card' },
    consents: [{ purpose: 'research', grantedAt: 'since', version: 'version' }],
  },
);
const consent = { purpose: 'research', grantedAt: 'since', version: 'version' };
const from = { input: source('landing.visit') };
const span = from.input.span;
const consenting = {
  kind: 'keepConsented',
  span,
  subject: 'card',
  consents: [consent],
  from,
} as const;
const rows = select(consenting, 'card');

export default library([job('output', rows, sink('curated', 'output'))], { tables: [visits] });
