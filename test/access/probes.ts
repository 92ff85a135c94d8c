import { declaredJobs, powerfulPrincipals } from './declared-access.ts';
import { eraserProbes } from './eraser-probes.ts';
import { jobProbes } from './job-probes.ts';
import { powerfulProbes } from './powerful-probes.ts';
import type { Probe } from './requests.ts';

/** Everything that is tried. */
export const probes: readonly Probe[] = [
  ...Object.entries(declaredJobs).flatMap(([name, job]) => jobProbes(name, job)),
  ...eraserProbes(),
  ...Object.entries(powerfulPrincipals).flatMap(([name, powers]) => powerfulProbes(name, powers)),
];
