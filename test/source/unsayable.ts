/** A program of the algebra that the language has no words for. */
export class Unsayable extends Error {
  override readonly name = 'Unsayable';
}
