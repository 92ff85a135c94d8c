import type { ErasurePlan } from './plan.ts';
import type { Holding, Receipt } from './receipt.ts';

/** A plan for people: counts by place, never a value. */
export function renderPlan({ held, devices, sharedDevices, state }: ErasurePlan): string {
  if (state === 'nothing left') return 'nothing is left to forget\n';
  const width = Math.max(0, ...held.map((one) => String(one.rows).length));
  const lines = held.map((one) => `  ${String(one.rows).padStart(width)}  ${placeText(one)}\n`);
  const begun = state === 'begun' ? 'begun before, goes on; at its start there were\n' : '';
  return `${begun}rows and where they are\n${lines.join('')}${deviceText(devices, sharedDevices)}
what will be done
  suppress  jobs drop these people's lines from now on, delivered again or not
  rewrite   landing files without these lines; their versions before, and files of lines set aside, are deleted
  rebuild   every table is computed anew
  expire    every version before of every table is deleted
  verify    everything that is left is looked through
`;
}

function placeText({ what, place, version, current }: Holding): string {
  const of = version === undefined || current ? '' : ` version ${version}`;
  return `${what.padEnd(10)}  ${place}${of}${current ? '' : ' (not current)'}`;
}

function deviceText(devices: number, shared: number): string {
  if (devices === 0) return '';
  const own = `${devices} ${devices === 1 ? 'device is theirs' : 'devices are theirs'}: all its readings go`;
  if (shared === 0) return `${own}\n`;
  const also = `${shared} of them ${shared === 1 ? 'is' : 'are'} somebody else's too`;
  return `${own}\n${also}: nobody can tell whose a reading is, so these go as well, and later ones are dropped\n`;
}

/** What was done, in one line for each kind of it. */
export function renderReceipt(receipt: Receipt, place: string): string {
  const count = (done: Receipt['actions'][number]['done']) =>
    receipt.actions.filter((action) => action.done === done);
  const removed = count('lines removed').reduce((sum, action) => sum + (action.count ?? 0), 0);
  const deleted = count('deleted').reduce((sum, action) => sum + (action.count ?? 0), 0);
  const tables = count('published anew').length;
  return `forgotten: ${removed} lines removed, ${tables} tables computed anew, ${deleted} versions before deleted
nothing is left in any version of anything; the receipt is ${place}
`;
}
