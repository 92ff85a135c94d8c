/** The error names by which AWS's services say that something is not there. */
const ABSENT = [
  'EntityNotFoundException',
  'NoSuchBucketPolicy',
  'NoSuchLifecycleConfiguration',
  'NoSuchEntityException',
  'NoSuchKey',
  'NotFound',
  'NotFoundException',
  'ResourceNotFoundException',
];

/** The answer, or undefined where AWS says there is no such thing; other errors pass. */
export async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && ABSENT.includes(error.name)) return undefined;
    throw error;
  }
}
