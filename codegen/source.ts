import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Morph from 'ts-morph';
import { inOrder } from '../algebra/fold.ts';
import type { Library } from '../algebra/library.ts';
import type { Span } from '../algebra/span.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { AuthorWords } from './author-words.ts';
import { findPlainOperators } from './callback-lint.ts';
import { commentsAt, docAbove, leadingComment } from './source-comments.ts';

/** What the author's files say that the library, being data, does not: names of constants, comments, and slips. */
export interface AuthorSource extends AuthorWords {
  /** The TSDoc of the constant that a declaration (job, table, zone) was given to. */
  docAt(span: Span): string | undefined;
  /** JavaScript's own operators on columns, and `any`, in callbacks of steps: they run once, and silently drop a side. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the files that a library was written in, as text only: nothing is run, no types are computed. Files that cannot be read
 * say nothing.
 * @param root the folder that spans are relative to
 */
export function readAuthorSource(library: Library, root: string = process.cwd()): AuthorSource {
  const files = new SourceFiles(root);
  const steps = new Map(
    library.jobs
      .flatMap((job) => inOrder(job.rows))
      .filter((relation) => relation.kind !== 'source')
      .map(({ span }) => [placeKey(span), span] as const),
  );
  const calls = new Set<Morph.CallExpression>();
  const diagnostics = [...steps.values()].flatMap((span) => {
    const call = files.callAt(span);
    if (!call) return [];
    calls.add(call);
    return findPlainOperators(call, span.file, files.morph);
  });
  return {
    nameOf: ({ span }) => constantOf(files.callAt(span), files.morph)?.getName(),
    commentOn: ({ span }) => stepComment(files.callAt(span), calls, files.morph),
    docAt: (span) => {
      const declaration = constantOf(files.callAt(span), files.morph);
      return declaration && docAbove(declaration);
    },
    diagnostics,
  };
}

/** The library with the TSDoc of jobs, tables and zones that were given no `doc`. */
export function withDocs(library: Library, source: Pick<AuthorSource, 'docAt'>): Library {
  const documented = <T extends { readonly doc?: string; readonly span: Span }>(part: T): T => {
    const doc = part.doc ?? source.docAt(part.span);
    return doc === undefined ? part : { ...part, doc };
  };
  return {
    ...documented(library),
    zones: library.zones.map(documented),
    tables: library.tables.map(documented),
    jobs: library.jobs.map(documented),
    ...(library.streams ? { streams: library.streams.map(documented) } : {}),
  };
}

/** The constant whose value a call is, as the last of a chain. */
function constantOf(
  call: Morph.CallExpression | undefined,
  { Node }: typeof Morph,
): Morph.VariableDeclaration | undefined {
  const parent = call?.getParent();
  return Node.isVariableDeclaration(parent) && Node.isIdentifier(parent.getNameNode())
    ? parent
    : undefined;
}

/**
 * What stands above the step in its chain. Above the first step of a chain stands what is said of the constant that the chain is
 * given to.
 */
function stepComment(
  call: Morph.CallExpression | undefined,
  steps: ReadonlySet<Morph.CallExpression>,
  morph: typeof Morph,
): string | undefined {
  if (!call) return undefined;
  const callee = call.getExpression();
  const inChain = morph.Node.isPropertyAccessExpression(callee)
    ? commentsAt(callee.getSourceFile().getFullText(), callee.getExpression().getEnd())
    : undefined;
  const isFirst = !chainBelow(call, morph).some((one) => steps.has(one));
  const declaration = isFirst ? constantOf(chainEnd(call, morph), morph) : undefined;
  const above = declaration && (docAbove(declaration) ?? leadingComment(declaration));
  return [above, inChain].filter((part) => part !== undefined).join('\n') || undefined;
}

/** The calls that a call of a chain is made on, nearest first. */
function chainBelow(call: Morph.CallExpression, { Node }: typeof Morph): Morph.CallExpression[] {
  const below: Morph.CallExpression[] = [];
  let callee = call.getExpression();
  while (Node.isPropertyAccessExpression(callee)) {
    const receiver = callee.getExpression();
    if (!Node.isCallExpression(receiver)) break;
    below.push(receiver);
    callee = receiver.getExpression();
  }
  return below;
}

/** The last call of the chain that a call belongs to. */
function chainEnd(call: Morph.CallExpression, { Node }: typeof Morph): Morph.CallExpression {
  let last = call;
  for (;;) {
    const access = last.getParent();
    const next = access?.getParent();
    const isReceiver = Node.isPropertyAccessExpression(access) && access.getExpression() === last;
    if (!isReceiver || !Node.isCallExpression(next) || next.getExpression() !== access) return last;
    last = next;
  }
}

function placeKey({ file, line, column }: Span): string {
  return `${file}:${line}:${column}`;
}

class SourceFiles {
  readonly #root: string;
  readonly #files = new Map<string, Morph.SourceFile | undefined>();
  #morph: typeof Morph | undefined;
  #project: Morph.Project | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  /** ts-morph takes a quarter of a second to load, so only who asks for a file pays for it. */
  get morph(): typeof Morph {
    this.#morph ??= createRequire(import.meta.url)('ts-morph') as typeof Morph;
    return this.#morph;
  }

  /** The call whose function's last name stands at a place. */
  callAt({ file, line, column }: Span): Morph.CallExpression | undefined {
    const source = this.#file(file);
    if (!source) return undefined;
    const start = source.compilerNode.getLineStarts()[line - 1];
    const { Node } = this.morph;
    const name = start === undefined ? undefined : source.getDescendantAtPos(start + column - 1);
    const parent = name?.getParent();
    const callee = Node.isPropertyAccessExpression(parent) ? parent : name;
    const call = callee?.getParent();
    return Node.isCallExpression(call) && call.getExpression() === callee ? call : undefined;
  }

  #file(file: string): Morph.SourceFile | undefined {
    if (!this.#files.has(file)) this.#files.set(file, this.#read(file));
    return this.#files.get(file);
  }

  #read(file: string): Morph.SourceFile | undefined {
    const text = textOf(join(this.#root, file));
    if (text === undefined) return undefined;
    this.#project ??= new this.morph.Project({
      useInMemoryFileSystem: true,
      skipFileDependencyResolution: true,
      skipLoadingLibFiles: true,
      compilerOptions: { noLib: true },
    });
    return this.#project.createSourceFile(`/${this.#files.size}.ts`, text);
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
