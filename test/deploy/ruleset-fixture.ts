import type { Fixture } from './fixture.ts';

/** Adds a ruleset of the trusted customers to a fixture, and gives the fixture back. */
export function addRuleset(of: Fixture): Fixture {
  const file = 'quality/trusted.customer.json';
  of.files[file] = {
    Name: `${of.library}_trusted_customer`,
    Description: 'What is expected of trusted.customer.',
    Ruleset: '# unique: "by" email\n\nRules = [\n    IsUnique "email"\n]\n',
    TargetTable: { DatabaseName: `${of.library}_trusted`, TableName: 'customer' },
  };
  of.resources.push({
    id: 'ruleset/trusted.customer',
    kind: 'ruleset',
    file,
    dependsOn: ['table/trusted.customer'],
  });
  return of;
}
