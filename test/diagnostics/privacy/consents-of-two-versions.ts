import { column, job, library, sink, source, table, zone } from '../../check/plain.ts';

const research = { purpose: 'research', grantedAt: 'researchSince', version: 'researchAsked' };
const marketing = { purpose: 'marketing', grantedAt: 'marketingSince', version: 'marketingAsked' };
const visitors = table(
  'visitor',
  {
    card: column('string', 'subject:visitor'),
    researchSince: column('long?'),
    researchAsked: column('long'),
    marketingSince: column('long?'),
    marketingAsked: column('long'),
  },
  {
    owner: { kind: 'subject', name: 'visitor', column: 'card' },
    consents: [research, marketing],
  },
);
const input = source('landing.visitor');
const rows = {
  kind: 'keepConsented',
  span: input.span,
  subject: 'card',
  consents: [research, marketing],
  from: { input },
} as const;

export default library([job('output', rows, sink('trusted', 'output'))], {
  tables: [visitors],
  zones: [zone('landing'), zone('trusted', { purposes: ['research'], holds: 'identified' })],
});
