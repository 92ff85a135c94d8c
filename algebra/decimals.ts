import type { DecimalType } from './types.ts';

/** A decimal as a whole number of its last digit: 12.30 of scale 2 is 1230. */
export function unscaled(text: string): bigint {
  return BigInt(text.replace('.', ''));
}

/** The plain text of exactly `scale` digits behind the point. */
export function decimalText(value: bigint, scale: number): string {
  if (scale === 0) return value.toString();
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Moves a whole number of last digits from one scale to another, half away from zero (Spark's HALF_UP). */
export function rescale(value: bigint, from: number, to: number): bigint {
  if (to >= from) return value * 10n ** BigInt(to - from);
  const unit = 10n ** BigInt(from - to);
  const magnitude = value < 0n ? -value : value;
  const rounded = (magnitude + unit / 2n) / unit;
  return value < 0n ? -rounded : rounded;
}

/** The same, half to the even digit (Spark's HALF_EVEN). */
export function rescaleToEven(value: bigint, from: number, to: number): bigint {
  const moved = rescale(value, from, to);
  if (to >= from) return moved;
  const unit = 10n ** BigInt(from - to);
  // Halves have moved away from zero by half a unit.
  const step = (moved * unit - value) * 2n;
  if (moved % 2n === 0n || (step !== unit && step !== -unit)) return moved;
  return step > 0n ? moved - 1n : moved + 1n;
}

/** The text of a value of a decimal type, or null where it has too many digits. */
export function fitDecimal(value: bigint, scale: number, type: DecimalType): string | null {
  const moved = rescale(value, scale, type.scale);
  const limit = 10n ** BigInt(type.precision);
  return moved < limit && moved > -limit ? decimalText(moved, type.scale) : null;
}

/**
 * Spark's `DecimalType.adjustPrecisionScale`: over 38 digits, digits behind the point give way, but not below 6.
 */
export function boundedDecimal(precision: number, scale: number): DecimalType {
  if (precision <= 38) return { kind: 'decimal', precision, scale };
  const whole = precision - scale;
  return { kind: 'decimal', precision: 38, scale: Math.max(38 - whole, Math.min(scale, 6)) };
}

/** Parses digits, point and exponent (`-1.5e3`) exactly: a whole number and the scale it is counted in, which may be negative. */
export function parseDecimal(
  text: string,
): { readonly value: bigint; readonly scale: number } | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return undefined;
  const magnitude = BigInt(whole + fraction);
  const scale = fraction.length - Number(exponent);
  return { value: sign === '-' ? -magnitude : magnitude, scale };
}
