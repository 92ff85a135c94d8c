import type { Command } from './command.ts';
import { ROOT, UsageError } from './command.ts';
import { report as reportFailure } from './failure.ts';

/** Commands by name; each is loaded when it is called, so that `generate` does not pay for AWS clients. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
  generate: async () => (await import('./generate.ts')).generate,
  plan: async () => (await import('./plan.ts')).plan,
  deploy: async () => (await import('./deploy.ts')).deploy,
  endpoint: async () => (await import('./endpoint.ts')).endpoint,
  promote: async () => (await import('./promote.ts')).promote,
  rollback: async () => (await import('./rollback.ts')).rollback,
  releases: async () => (await import('./releases.ts')).releases,
  run: async () => (await import('./run.ts')).run,
  diff: async () => (await import('./diff.ts')).diff,
  drift: async () => (await import('./drift.ts')).drift,
  destroy: async () => (await import('./destroy.ts')).destroy,
  import: async () => (await import('./import.ts')).importJob,
  unlock: async () => (await import('./unlock.ts')).unlock,
  forget: async () => (await import('./forget.ts')).forget,
  report: async () => (await import('./report.ts')).report,
  export: async () => (await import('./export.ts')).exportCommand,
  explain: async () => (await import('./explain.ts')).explain,
};

const help = `Usage: lakewright <command> [options]

  start      generate, deploy to a local endpoint, run the workflow on local Spark, report
  generate   write the PySpark jobs and everything around them
  plan       show what a deployment would change in AWS
  deploy     make AWS equal to the generated files
  endpoint   keep a local endpoint of AWS running, with jobs on local Spark
  promote    deploy what is live in one environment into another, byte for byte
  rollback   deploy an earlier release again
  releases   list what was deployed into an environment
  run        start the workflow or a job in AWS, and follow it
  diff       show AWS beside the generated files, scripts line by line
  drift      show what somebody changed in AWS since it was deployed
  destroy    take a library's resources away from AWS, but no data
  import     take over an existing job, role or table
  unlock     take the lock of a library from a deployment that is dead
  forget     erase a person from everything, old versions included
  report     a training set's card, with the counts of the run that wrote it
  export     write the generated files for Terraform, CloudFormation, Step Functions or Airflow
  explain    tell about a code of a message, a job or a table

\`lakewright <command> --help\` tells more.
`;

/** Runs a command line. @returns the exit code: 0, 1 user's mistake, 2 usage, 3 refused for privacy, 70 our bug */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(help);
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    process.stderr.write(`error: there is no command ${JSON.stringify(name)}\n\n${help}`);
    return 2;
  }
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(command.help);
    return 0;
  }
  return await runCommand(command, rest);
}

async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  try {
    return await command.run(args);
  } catch (error) {
    if (!(error instanceof UsageError)) return await reportFailure(error);
    process.stderr.write(`error: ${error.message}\n\n${command.help}`);
    // There, 2 says that something would change.
    return args.includes('--detailed-exitcode') ? 1 : 2;
  }
}

// Places in the author's files are relative to the project's root; what a person types is relative to where they are.
process.env['INIT_CWD'] ??= process.cwd();
process.chdir(ROOT);
process.exitCode = await main(process.argv.slice(2));
