import type { Aggregate } from './verbs/aggregate.ts';
import type { Declassify } from './verbs/declassify.ts';
import type { Dedupe } from './verbs/dedupe.ts';
import type { Expect } from './verbs/expect.ts';
import type { Explode } from './verbs/explode.ts';
import type { Filter } from './verbs/filter.ts';
import type { Join } from './verbs/join.ts';
import type { KeepConsented } from './verbs/keep-consented.ts';
import type { Project } from './verbs/project.ts';
import type { SetOperation } from './verbs/set-operation.ts';
import type { SoleOwner } from './verbs/sole-owner.ts';
import type { Source } from './verbs/source.ts';
import type { Sql } from './verbs/sql.ts';
import type { Union } from './verbs/union.ts';
import type { Unpivot } from './verbs/unpivot.ts';
import type { Window } from './verbs/window.ts';

/**
 * A table of rows, described. Relations are immutable and form a graph: the same object below two others is one step whose
 * rows are used twice.
 */
export type Relation =
  | Source
  | Filter
  | Project
  | Join
  | Aggregate
  | Dedupe
  | Window
  | Union
  | KeepConsented
  | SoleOwner
  | Declassify
  | Explode
  | Expect
  | SetOperation
  | Unpivot
  | Sql;

export type Kind = Relation['kind'];

export type RelationOf<K extends Kind> = Extract<Relation, { kind: K }>;

/** A relation's inputs by name, as far as a computation over relations has got. */
export type Inputs<N extends Relation, T> = { readonly [K in keyof N['from']]: T };
