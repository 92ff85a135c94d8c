import type { Expression } from '../../algebra/expressions.ts';
import type { Span } from '../../algebra/span.ts';
import type { Project, ProjectedColumn } from '../../algebra/verbs/project.ts';
import { nextStep, type Step } from '../step.ts';

/** A column copied from the input. */
export function copy(name: string, as: string = name): ProjectedColumn {
  return column(as, { kind: 'column', name });
}

export function column(name: string, expression: Expression): ProjectedColumn {
  return { name, expression };
}

/** The step of a projection that the author wrote as a verb. */
export function projected(
  step: Step,
  sugar: Project['sugar'],
  columns: readonly ProjectedColumn[],
  span: Span,
): Step {
  const from = { input: step.relation };
  const next = nextStep({ kind: 'project', span, sugar, columns, from }, { input: step });
  // What is computed of each row is the same of every version.
  return step.versions
    ? { ...next, versions: projected(step.versions, sugar, columns, span) }
    : next;
}

/**
 * All columns of a step, some of them replaced. A name that the rows do not have stays in the list, so that the compiler's
 * check tells of it.
 */
export function replaced(
  step: Step,
  replacements: ReadonlyMap<string, ProjectedColumn>,
): readonly ProjectedColumn[] {
  const names = step.frame.schema.map(({ name }) => name);
  const unknown = [...replacements.keys()].filter((name) => !names.includes(name));
  return [...names, ...unknown].map((name) => replacements.get(name) ?? copy(name));
}
