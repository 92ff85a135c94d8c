import type { Span } from '../algebra/span.ts';
import { type Code, catalogue, type ParametersOf } from './catalogue/index.ts';
import type { Message } from './message.ts';

/** One thing that is wrong: a code, what its message is told, the place, and why. The words are in the catalogue. */
export type Diagnostic = { readonly [C in Code]: DiagnosticOf<C> }[Code];

export interface DiagnosticOf<C extends Code> {
  readonly code: C;
  readonly parameters: ParametersOf<C>;
  /** Where the author would mend it. */
  readonly span?: Span;
  /** Facts from elsewhere that lead to the finding. */
  readonly because?: readonly Reason[];
  /** The way of the data, from where it comes from to where it may not go. */
  readonly flow?: string;
}

export interface Reason {
  readonly text: string;
  readonly span?: Span;
}

/** Makes a diagnostic of a code with that code's parameters. */
export function diagnostic<C extends Code>(
  code: C,
  parameters: ParametersOf<C>,
  more: Pick<DiagnosticOf<C>, 'span' | 'because' | 'flow'> = {},
): Diagnostic {
  // A code with its own parameters is one member of the union; TypeScript cannot see it through the type parameter.
  return { code, parameters, ...more } as unknown as Diagnostic;
}

/** A finding in words. Errors that keep a code, a message and a hint of their own can be shown as one. */
export interface Finding {
  readonly code: string;
  readonly text: string;
  readonly hint: string;
  readonly span?: Span;
  readonly because?: readonly Reason[];
  readonly flow?: string;
}

/** A diagnostic in the words of the catalogue. */
export function inWords(found: Diagnostic): Finding {
  const { code, parameters, ...place } = found;
  // The catalogue is total over the codes; TypeScript cannot correlate the entry with the parameters.
  const words = catalogue[code] as Message<unknown>;
  return { code, text: words.text(parameters), hint: words.hint(parameters), ...place };
}

/** The page and place where a code is explained, relative to the project root. */
export function docsPath(code: string): string {
  return `docs/diagnostics.md#${code.replace('/', '')}`;
}
