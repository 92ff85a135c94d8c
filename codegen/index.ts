import { readFileSync } from 'node:fs';
import { sinkId } from '../algebra/library.ts';
import type { CheckedLibrary } from '../check/index.ts';
import { optimize } from '../optimize/index.ts';
import type { AuthorWords } from './author-words.ts';
import { privacyClaims } from './claims.ts';
import { datasetCards } from './dataset-card.ts';
import { exceptionClaims } from './exceptions.ts';
import { funnelJson, jobFunnels } from './funnel.ts';
import { jobScripts } from './job-script.ts';
import { libraryJson } from './library-json.ts';
import { manifestJson } from './manifest.ts';
import { privacyPage } from './privacy.ts';
import { provenanceJson } from './provenance.ts';
import { qualityRules } from './quality.ts';
import { readmePage } from './readme.ts';
import { alarmTopicPolicyJson } from './resources/alarm.ts';
import { deployerPolicyJson } from './resources/deployer-policy.ts';
import { erasurePolicyJson } from './resources/erasure-policy.ts';
import { type ResourceFile, resourceFiles } from './resources/index.ts';
import { logsKeyPolicyJson } from './resources/security-configuration.ts';
import { streamClaims } from './streams.ts';
import { supportModules } from './support-modules.ts';

export { type AuthorWords, noWords } from './author-words.ts';
export type { JobFunnel } from './funnel.ts';
export { funnelSection, type RunCounts, type Runs } from './funnel-section.ts';
export { type AuthorSource, readAuthorSource, withDocs } from './source.ts';
export {
  type Change,
  type Comparison,
  checkFiles,
  compareFiles,
  type FileChange,
  writeFiles,
} from './writer.ts';

/**
 * Everything that `generated/<library>/` holds: path below it to text. The same library gives the same bytes, whatever the
 * machine, the time and the order of keys; a line that moved in the author's source changes `provenance.json` only.
 */
export function generate(checked: CheckedLibrary, words: AuthorWords): ReadonlyMap<string, string> {
  const scripts = jobScripts(optimize(checked), words);
  const needed = new Map(scripts.map((script) => [script.job, script.arguments]));
  const files = [
    ...scripts.map(({ job, path, text }) => program('script', job, path, text)),
    ...supportModules.map((module) =>
      program('support', module, `support/${module}.py`, supportText(module)),
    ),
    ...resourceFiles(checked, needed),
  ];
  const funnels = jobFunnels(checked, scripts);
  const topicPolicy = alarmTopicPolicyJson(checked);
  const keyPolicy = logsKeyPolicyJson(checked);
  const documents = new Map([
    ['README.md', readmePage(checked)],
    ...datasetCards(checked, funnels),
    ['funnel.json', funnelJson(checked.library.name, funnels)],
    ['library.json', libraryJson(checked.library)],
    ...(topicPolicy === undefined ? [] : [['policies/alarm-topic.json', topicPolicy] as const]),
    ['policies/deployer.json', deployerPolicyJson(checked)],
    ['policies/erasure.json', erasurePolicyJson(checked)],
    ...(keyPolicy === undefined ? [] : [['policies/logs-key.json', keyPolicy] as const]),
    ['privacy.md', privacyPage(checked)],
    ['provenance.json', provenanceJson(scripts)],
    ...qualityRules(checked),
  ]);
  const jobs = checked.jobs.map(({ job }) => job.name);
  const graph = checked.jobs.map(({ job, reads }) => ({
    job: job.name,
    zone: job.sink.zone,
    reads,
    writes: sinkId(job.sink),
  }));
  const listed = [...documents.keys()];
  const claims = {
    graph,
    privacy: privacyClaims(checked),
    ...exceptionClaims(checked),
    ...streamClaims(checked),
  };
  const manifest = manifestJson(checked.library.name, jobs, files, listed, claims);
  return new Map([
    ...files.map(({ path, text }) => [path, text] as const),
    ...documents,
    ['manifest.json', manifest],
  ]);
}

function program(
  kind: 'script' | 'support',
  name: string,
  path: string,
  text: string,
): ResourceFile {
  return { path, text, resources: [{ id: `${kind}/${name}`, kind, dependsOn: [] }] };
}

/** Written by hand, and the same for each library. */
function supportText(module: string): string {
  return readFileSync(new URL(`./support/${module}.py`, import.meta.url), 'utf8');
}
