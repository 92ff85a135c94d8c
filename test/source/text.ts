/** A text constant of TypeScript. */
export function text(value: string): string {
  const quoted = JSON.stringify(value);
  return /['"\\]/.test(value) || quoted.includes('\\') ? quoted : `'${value}'`;
}

/** A name as the key of an object. */
export function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && name !== '__proto__' ? name : `[${text(name)}]`;
}

/** A property of what an expression gives. */
export function property(of: string, name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `${of}.${name}` : `${of}[${text(name)}]`;
}

/** `{ a: 1, b: 2 }` */
export function object(entries: readonly (readonly [name: string, value: string])[]): string {
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([name, value]) => `${key(name)}: ${value}`).join(', ')} }`;
}
