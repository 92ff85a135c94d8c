import { createHmac } from 'node:crypto';

/** The key of a purpose in this search. */
export function pseudonymKey(purpose: string): Uint8Array {
  return Buffer.from(`a key of the search for ${purpose}`);
}

/** What the pseudonyms of the language are, written anew. */
export function pseudonymOf(text: string, purpose: string): string {
  return createHmac('sha256', pseudonymKey(purpose)).update(text, 'utf8').digest('hex');
}
