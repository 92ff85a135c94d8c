import type { Message } from '../message.ts';
import { dslMessages } from './dsl.ts';
import { generateMessages } from './generate.ts';
import { graphMessages } from './graph.ts';
import { namesMessages } from './names.ts';
import { permitMessages } from './permits.ts';
import { portabilityMessages } from './portability.ts';
import { privacyMessages } from './privacy.ts';
import { schemaMessages } from './schema.ts';
import { zonesMessages } from './zones.ts';

/** Every message, by code; the order is that of the docs page. */
export const catalogue = {
  ...dslMessages,
  ...namesMessages,
  ...graphMessages,
  ...schemaMessages,
  ...privacyMessages,
  ...permitMessages,
  ...zonesMessages,
  ...portabilityMessages,
  ...generateMessages,
};

/** A stable name `area/what-is-wrong`, which is also the place in docs/diagnostics.md. */
export type Code = keyof typeof catalogue;

/** What a code's message is told. */
export type ParametersOf<C extends Code> =
  (typeof catalogue)[C] extends Message<infer P> ? P : never;

/** Every code, in the order of the docs page. */
export const codes = Object.keys(catalogue) as readonly Code[];
