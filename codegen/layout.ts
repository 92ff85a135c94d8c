import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as HandlebarsModule from 'handlebars';

/** Options of every template: it lays out text, and anything missing from its view is an error. */
const options = { noEscape: true, strict: true, preventIndent: true } as const;

/**
 * The text of `templates/<name>.hbs` over a view. Values are put in as they are: whoever makes the view escapes them.
 * @throws Error from Handlebars where the view lacks a name that the template says
 */
export function layout(name: string, view: object): string {
  const source = readFileSync(new URL(`./templates/${name}.hbs`, import.meta.url), 'utf8');
  return handlebars().compile(source, options)(view);
}

// Handlebars takes 28 ms to load, so only what lays out text pays for it.
function handlebars(): typeof HandlebarsModule {
  return createRequire(import.meta.url)('handlebars') as typeof HandlebarsModule;
}
