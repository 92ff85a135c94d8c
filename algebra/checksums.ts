const primes = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
] as const;
const [p1, p2, p3, p4, p5] = primes;

function wrapped(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

function rotated(value: bigint, by: bigint): bigint {
  return wrapped((value << by) | (value >> (64n - by)));
}

function mixed(lane: bigint, input: bigint): bigint {
  return wrapped(rotated(wrapped(lane + input * p2), 31n) * p1);
}

/** xxHash64 of bytes (the published algorithm), as Spark's `xxhash64` with seed 42. */
export function xxhash64(bytes: Uint8Array, seed: bigint): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { start, at } = stripes(view, seed);
  let hash = wrapped(start + BigInt(view.byteLength));
  let next = at;
  for (; next + 8 <= view.byteLength; next += 8) {
    const lane = mixed(0n, view.getBigUint64(next, true));
    hash = wrapped(rotated(hash ^ lane, 27n) * p1 + p4);
  }
  if (next + 4 <= view.byteLength) {
    const lane = wrapped(BigInt(view.getUint32(next, true)) * p1);
    hash = wrapped(rotated(hash ^ lane, 23n) * p2 + p3);
    next += 4;
  }
  for (; next < view.byteLength; next += 1) {
    hash = wrapped(rotated(hash ^ wrapped(BigInt(view.getUint8(next)) * p5), 11n) * p1);
  }
  return BigInt.asIntN(64, avalanche(hash));
}

/** The hash of all whole stripes of 32 bytes, and where they end. */
function stripes(view: DataView, seed: bigint): { readonly start: bigint; readonly at: number } {
  if (view.byteLength < 32) return { start: wrapped(seed + p5), at: 0 };
  let lanes = [seed + p1 + p2, seed + p2, seed, seed - p1].map(wrapped);
  let at = 0;
  for (; at + 32 <= view.byteLength; at += 32) {
    lanes = lanes.map((lane, index) => mixed(lane, view.getBigUint64(at + 8 * index, true)));
  }
  const turns = [1n, 7n, 12n, 18n] as const;
  const joined = lanes.reduce((sum, lane, index) => sum + rotated(lane, turns[index] ?? 0n), 0n);
  const start = lanes.reduce(
    (hash, lane) => wrapped((hash ^ mixed(0n, lane)) * p1 + p4),
    wrapped(joined),
  );
  return { start, at };
}

function avalanche(hash: bigint): bigint {
  let value = wrapped((hash ^ (hash >> 33n)) * p2);
  value = wrapped((value ^ (value >> 29n)) * p3);
  return value ^ (value >> 32n);
}
