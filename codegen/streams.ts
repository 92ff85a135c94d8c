import type { Label } from '../algebra/labels.ts';
import type { Stream, StreamSource } from '../algebra/library.ts';
import { typeName } from '../algebra/types.ts';
import { declaredSchema, declaredState } from '../check/declared-frame.ts';
import type { CheckedLibrary } from '../check/index.ts';
import { code, markdown } from './markdown.ts';
import { columnLabels, consentSentences, stateSentence } from './privacy-words.ts';
import type { JsonObject } from './resources/text.ts';

/** What the author declares of streams: `streams` of `manifest.json`, absent where there are none. */
export function streamClaims({ library }: CheckedLibrary): JsonObject {
  const { streams = [] } = library;
  return streams.length === 0 ? {} : { streams: streams.map(claimOf) };
}

function claimOf(stream: Stream): JsonObject {
  return {
    name: stream.name,
    from: stream.from,
    deliveredTo: stream.deliveredTo,
    columns: declaredSchema(stream).map(({ name, labels }) => ({ name, labels })),
  };
}

/** The labels of each column of each stream. */
export function streamLabels({ library }: CheckedLibrary): readonly (readonly Label[])[] {
  return (library.streams ?? []).flatMap((stream) =>
    declaredSchema(stream).map(({ labels }) => labels),
  );
}

/** What `privacy.md` says of each stream, in Markdown. */
export function streamViews({ library }: CheckedLibrary): readonly object[] {
  return (library.streams ?? []).map((stream) => ({
    name: code(stream.name),
    doc: stream.doc === undefined ? '' : markdown(stream.doc),
    from: sourceSentence(stream.from),
    rows: stateSentence(declaredState(stream)),
    delivered:
      stream.deliveredTo === undefined
        ? 'nowhere that this library knows'
        : code(stream.deliveredTo),
    time: timeSentence(stream),
    consents: consentSentences(stream.consents),
    columns: declaredSchema(stream).map((column) => ({
      name: code(column.name),
      type: code(typeName(column.type)),
      labels: columnLabels(column),
    })),
  }));
}

function sourceSentence(from: StreamSource): string {
  if (from.kind === 'kinesis') return `the Kinesis stream ${code(from.stream)}`;
  return `the topic ${code(from.topic)} of the Kafka cluster ${code(from.cluster)}`;
}

function timeSentence({ eventTime, watermark }: Stream): string {
  if (eventTime === undefined) return '';
  const late = watermark === undefined ? '' : `, up to ${watermark} minutes late`;
  return `${code(eventTime)}${late}`;
}
