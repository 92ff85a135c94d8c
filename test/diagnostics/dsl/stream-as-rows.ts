import { kinesis, long, zone } from '#lakewright';

const landing = zone('landing');
const beats = landing.stream('beats', {
  from: kinesis('arn:aws:kinesis:eu-central-1:123456789012:stream/beats'),
  columns: { rate: long() },
});

// @ts-expect-error a sentence is no function
export default () => beats.filter(() => true);
