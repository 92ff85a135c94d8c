import type { Library } from '../../algebra/library.ts';
import type { Relation } from '../../algebra/relation.ts';
import { forcedCheck } from '../verify/forced-check.ts';
import { type Printable, programOf } from './program.ts';
import { sayable } from './sayable.ts';
import { Unsayable } from './unsayable.ts';

/**
 * A library as an author can write it, with the columns of its steps, whatever is wrong with it.
 * @throws Unsayable where no author could
 */
export function printable(library: Library): Printable {
  const said = sayable(library, schemasOf(library));
  const found = { library: said, schemas: schemasOf(said) };
  // What no author could write is found while it is written.
  programOf([found]);
  return found;
}

function schemasOf(library: Library): Printable['schemas'] {
  const { checked } = forcedCheck(library);
  if (!checked) throw new Unsayable('a step without columns');
  return (node: Relation) => {
    const frame = checked.frames.get(node);
    if (!frame) throw new TypeError('a step of another library');
    return frame.schema;
  };
}
