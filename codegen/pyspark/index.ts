import type { Kind, RelationOf } from '../../algebra/relation.ts';
import { aggregate } from './aggregate.ts';
import { declassify } from './declassify.ts';
import { dedupe } from './dedupe.ts';
import type { Emitter } from './emitter.ts';
import { expect } from './expect.ts';
import { explode } from './explode.ts';
import { filter } from './filter.ts';
import { join } from './join.ts';
import { keepConsented } from './keep-consented.ts';
import { project } from './project.ts';
import { setOperation } from './set-operation.ts';
import { soleOwner } from './sole-owner.ts';
import { source } from './source.ts';
import { sql } from './sql.ts';
import { union } from './union.ts';
import { unpivot } from './unpivot.ts';
import { window } from './window.ts';

/** How Spark does every verb; total, so that a kind without its Python does not compile. */
export const emitters: { readonly [K in Kind]: Emitter<RelationOf<K>> } = {
  source,
  filter,
  project,
  join,
  aggregate,
  dedupe,
  window,
  union,
  keepConsented,
  soleOwner,
  expect,
  declassify,
  explode,
  setOperation,
  unpivot,
  sql,
};
