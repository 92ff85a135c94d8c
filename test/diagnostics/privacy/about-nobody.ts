import { column, library, table } from '../../check/plain.ts';

const people = table('people', { email: column('string', 'identifier'), age: column('int') });

export default library([], { tables: [people] });
