import type { CheckedLibrary } from '../check/index.ts';
import { code, codes } from './markdown.ts';
import { zoneOf } from './resources/catalog.ts';
import { keyAlias, zoneRoleTag } from './resources/names.ts';
import { quarantineAccess, quarantines, tablesOf, zoneAccesses } from './resources/zone-access.ts';

/** Who reads and writes the objects of each zone in AWS, as `privacy.md` says it. */
export function zoneKeepers(checked: CheckedLibrary): readonly object[] {
  const library = checked.library.name;
  const accesses = zoneAccesses(checked);
  const zones = accesses.map(({ zone, delivered, people }) => {
    const writers = checked.jobs.filter(({ job }) => job.sink.zone === zone);
    const readers = checked.jobs.filter((job) =>
      tablesOf(checked, job).some((id) => zoneOf(id) === zone),
    );
    const tag = zoneRoleTag(library, zone);
    const stewards = delivered.length === 0 ? [] : [`principals tagged ${code(`${tag}=steward`)}`];
    const jobs = writers.length === 0 ? [] : [codes(writers.map(({ job }) => job.name))];
    return {
      zone: code(zone),
      key: code(keyAlias(library, zone)),
      writers: [...jobs, ...stewards].join('; '),
      readers: codes(readers.map(({ job }) => job.name)),
      tag: code(people.includes('reader') ? tag : `${tag}=steward`),
    };
  });
  const setAside = checked.jobs.filter((job) => quarantines(checked, job).length > 0);
  const jobs = codes(setAside.map(({ job }) => job.name));
  const quarantine = quarantineAccess(accesses).map(({ zone }) => ({
    zone: code(zone),
    key: code(keyAlias(library, zone)),
    writers: jobs,
    readers: jobs,
    tag: code(`${zoneRoleTag(library, zone)}=steward`),
  }));
  return [...zones, ...quarantine];
}
