import { column, library, table } from '../../check/plain.ts';

const owner = { kind: 'subject', name: 'customer', column: 'email' } as const;
const consents = [{ purpose: 'research', grantedAt: 'agreed', version: 'changed' }];
const columns = {
  email: column('string', 'identifier', 'subject:customer'),
  changed: column('long'),
  agreed: column('long?'),
};

const app = table('app_user', columns, { owner, consents });
const web = table('web_user', columns, { owner, consents });

export default library([], { tables: [app, web] });
