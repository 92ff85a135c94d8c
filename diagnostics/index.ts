export { type Code, catalogue, codes, type ParametersOf } from './catalogue/index.ts';
export {
  type Diagnostic,
  type DiagnosticOf,
  diagnostic,
  docsPath,
  type Finding,
  inWords,
  type Reason,
} from './diagnostic.ts';
export { docsPage } from './docs-page.ts';
export { DiagnosticError, Failure, InternalError } from './errors.ts';
export { allCodes, explanation } from './explanation.ts';
export type { DeployCode } from './failures/deploy.ts';
export type { ErasureCode } from './failures/erasure.ts';
export type { ExportCode } from './failures/export.ts';
export type { RunCode } from './failures/run.ts';
export type { RuntimeCode } from './failures/runtime.ts';
export type { Message } from './message.ts';
export { type Rendering, render, renderFinding } from './render.ts';
export { didYouMean, listed, named, nearest, visible } from './wording.ts';
