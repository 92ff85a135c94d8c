/** What each mistake of a deployment means, by code. The words of the message are where the facts are, in deploy/. */
export const deployFailures = {
  'deploy/manifest-missing': 'The folder holds no generated library: it has no `manifest.json`.',
  'deploy/manifest-invalid':
    'The manifest is not what `npm run generate` writes, so it was edited or cut off.',
  'deploy/file-missing': 'The manifest lists a file that is not there.',
  'deploy/file-invalid': 'A generated file does not hold what a resource of its kind needs.',
  'deploy/generated-edited':
    'A generated file is not the one that was generated. What is deployed must be what was reviewed, so it is refused before anything is called.',
  'deploy/declassify-expired':
    'The last day of a declassification is over, in UTC. What it let out is deployed no more.',
  'deploy/value-refused':
    'A name, a description or another text of a generated file is longer than AWS takes it, or of characters that AWS does not take there. It is refused before anything is called.',
  'deploy/unknown-parameter':
    'A generated file uses a parameter that stands for nothing when it is deployed.',
  'deploy/environments-missing': 'The file of environments cannot be read.',
  'deploy/environments-invalid':
    'The file of environments does not say what an environment needs, or lets two lie over one another. Each line of the message names its place.',
  'deploy/environment-unknown': 'The file of environments has none of this name.',
  'deploy/environment-unfit':
    'The environment speaks of a job, a network or a key of logs that the library does not have.',
  'deploy/branch-unknown':
    'The environment is one for each branch of git, and which one is meant is not to be seen.',
  'deploy/other-account':
    'The credentials are of another account than the environment’s. Nothing was read or written.',
  'deploy/bucket-name': 'What was given as bucket cannot be the name of one.',
  'deploy/bucket-missing':
    'The bucket of the lake is not there. It is made only where `--create-bucket` asks for it, since its settings are its owner’s.',
  'deploy/bucket-elsewhere': 'The bucket is in another region than the deployment.',
  'deploy/other-region':
    'A key or a network that the library or the environment names is in another region than the deployment, where no run could use it.',
  'deploy/region-missing': 'Neither the environment nor the AWS profile names a region.',
  'deploy/credentials-missing': 'No AWS credentials were found where the AWS CLI would look.',
  'deploy/credentials-refused': 'AWS does not take the credentials: expired, mistyped or disabled.',
  'deploy/access-denied':
    'The deploying principal lacks a permission. AWS’s own words say which one.',
  'deploy/endpoint-invalid':
    'What answers, or the address that was given, is no endpoint of AWS’s APIs.',
  'deploy/endpoint-unreachable': 'Nothing answers at the endpoint.',
  'deploy/not-owned':
    'A resource of this name exists that this library did not make. It is never taken over or overwritten.',
  'deploy/import-unknown':
    'What is to be taken over is named as in `manifest.json`, and only what has an owner can be: jobs, roles, tables and the like.',
  'deploy/import-missing':
    'What is to be taken over is not there, under the name that the library gives it.',
  'deploy/iceberg-table':
    'Columns and files of an Iceberg table are what its own metadata says. Of one that the library does not make, the deployer changes description and parameters, and nothing else. A table that is there does not become one, or cease to be one: until the next run, nobody would find its rows.',
  'deploy/still-used':
    'Something of somebody else would go, or stop working, with what is to be deleted. It is deleted only once nobody else uses it.',
  'deploy/prune-too-many':
    'More than half of what the library owns is declared no more, as where another folder was generated or the environment is the wrong one. `--prune-more` deletes it nevertheless.',
  'deploy/release-missing':
    'There is no such release: nothing was deployed there, or nothing whose digest begins like that.',
  'deploy/release-damaged':
    'What is kept of a release, or of what was deployed, is not what a deployment wrote.',
  'deploy/job-running':
    'A job or the workflow is running that the deployment would change. `--while-running` changes it nevertheless.',
  'deploy/changed-meanwhile':
    'Somebody else made or changed the same resource between the plan and the call.',
  'deploy/plan-unreadable': 'The file holds no plan that `npm run plan -- --out FILE` wrote.',
  'deploy/plan-outdated':
    'A saved plan is deployed exactly or not at all. The generated files, what AWS holds, or what people allowed have moved since it was saved; the message names what.',
  'deploy/cost-over-cap':
    'A single run of a job may cost more than `--max-run-cost` allows: workers times DPUs times timeout times list price.',
  'deploy/cost-unknown':
    'A cap on the cost of a run was given, and what a run costs cannot be told: the table of prices lacks the region or the worker type.',
  'deploy/selector-unknown':
    'What `--select` was given is no job, table, zone or tag of the library, or is not written as a selector.',
  'deploy/not-confirmed':
    'A deployment asks before it writes, and there is no terminal to ask at. `--yes` answers in advance.',
  'deploy/locked':
    'Somebody else deploys the library to this bucket. Two at once would leave a mix of both.',
  'deploy/lock-lost':
    'The deployment could not renew its lock in time, or somebody took it. It ended there, since another may have begun.',
  'deploy/lock-other':
    'The lock is not the one that was to be taken off: nobody holds it, or another deployment does.',
  'deploy/throttled': 'AWS still asked to slow down after all retries.',
  'deploy/call-failed': 'AWS refused a call for a reason that has no code of its own here.',
  'deploy/interrupted':
    'Somebody ended the deployment by Ctrl-C or SIGTERM. What was under way was finished, and the lock given back. The message says what was done and what was not; the same command goes on from there.',
  'deploy/stopped':
    'A call failed, and the deployment ended there. The message says what was done before it and what was not tried; deploying again goes on from there.',
} as const;

/** Everything that can go wrong with a deployment, by its stable name. */
export type DeployCode = keyof typeof deployFailures;
