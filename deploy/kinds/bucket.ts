import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import type { KindRules } from '../resource.ts';
import { unlessAbsent } from './absent.ts';

/** The lake's bucket: only ever created, and only on demand; its settings are not the deployer's. */
export const bucket: KindRules = {
  fields: { names: [] },
  owned: false,
  async read(aws, desired) {
    const found = await unlessAbsent(aws.s3.headBucket({ Bucket: desired.name }));
    return found === undefined ? undefined : { definition: {}, tags: {} };
  },
  async create(aws, desired) {
    // The API takes no constraint for its oldest region, and demands one for all others.
    const elsewhere = aws.region !== 'us-east-1';
    const constraint = aws.region as BucketLocationConstraint; // the region of a client that answered
    await aws.s3.createBucket({
      Bucket: desired.name,
      ...(elsewhere ? { CreateBucketConfiguration: { LocationConstraint: constraint } } : {}),
    });
  },
  async update() {
    // Without managed fields there is nothing that could differ.
  },
};
