// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the parameters of generated JSON look like this
import type { Fixture } from './fixture.ts';

/** Name of the alarm that {@link addAlarm} adds, without an environment. */
export const ALARM = 'lakewright-stedi-failed';

/** Adds an alarm about the first job to a fixture, and gives the fixture back. */
export function addAlarm(of: Fixture): Fixture {
  const file = 'alarms/failed.json';
  of.files[file] = {
    Rule: {
      Name: 'lakewright-stedi${suffix}-failed',
      Description: 'Tells of each run that failed.',
      EventPattern: {
        source: ['aws.glue'],
        detail: { jobName: ['stedi${suffix}_customer_trusted'], state: ['FAILED'] },
      },
      State: 'ENABLED',
    },
    Targets: [
      {
        Id: 'topic',
        Arn: 'arn:aws:sns:${region}:${account}:lake-alarms',
        InputTransformer: {
          InputPathsMap: { job: '$.detail.jobName' },
          InputTemplate: '"<job> failed."',
        },
      },
    ],
    Tags: { team: 'lake' },
  };
  of.resources.push({ id: 'alarm/failed', kind: 'alarm', file, dependsOn: [] });
  return of;
}
