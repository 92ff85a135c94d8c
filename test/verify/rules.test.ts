import { expect } from 'chai';
import type { Expression } from '../../algebra/expressions.ts';
import type { Library, Table } from '../../algebra/library.ts';
import type { Relation } from '../../algebra/relation.ts';
import {
  aggregate,
  call,
  column,
  dedupe,
  desc,
  explode,
  filter,
  job,
  join,
  keepConsented,
  library,
  literal,
  over,
  project,
  select,
  setOperation,
  sink,
  source,
  standardTables,
  table,
  union,
  unpivot,
  zone,
} from '../check/plain.ts';
import { column as columnNamed, each, parameter } from '../verbs/nodes.ts';
import { isRefused, shown, tryBoth } from './both-answers.ts';

/** Leaks that random libraries rarely draw: without one rule of the verifier, each would be let through. */
interface Leak {
  readonly it: string;
  readonly library: Library;
}

const customer = () => source('landing.customer');
const review = () => source('landing.review');
const consenting = () => keepConsented(customer());
const consents = () => select(consenting(), 'email', 'researchSince');

const coaches = table(
  'coach',
  { badge: column('string'), updated: column('long'), researchSince: column('long?') },
  {
    owner: { kind: 'subject', name: 'coach', column: 'badge' },
    consents: [{ purpose: 'research', grantedAt: 'researchSince', version: 'updated' }],
  },
);

/** Reviews whose text nobody labelled. */
const notes = table(
  'note',
  { author: column('string', 'subject:customer'), about: column('string'), at: column('long?') },
  { owner: { kind: 'subject', name: 'customer', column: 'author' } },
);

/** What is said of a table labels its columns, whether or not they are labelled themselves. */
const bareVersions = table(
  'version',
  { email: column('string'), researchSince: column('long?'), updated: column('long') },
  {
    owner: { kind: 'subject', name: 'customer', column: 'email' },
    consents: [{ purpose: 'research', grantedAt: 'researchSince', version: 'updated' }],
  },
);
const bareEvents = table(
  'event',
  { who: column('string'), when: column('long') },
  { owner: { kind: 'subject', name: 'customer', column: 'who' }, eventTime: 'when' },
);

/** Says that it is about nobody, and names people. */
const names = table('name', { name: column('string', 'identifier') });

function published(rows: Relation, to = sink('trusted', 'output'), ...more: readonly Table[]) {
  return library([job('the_job', rows, to)], { tables: [...standardTables, ...more] });
}

/** Rows that are about one person by `a` on the left and by `b` on the right. */
function twoSubjects(): Relation {
  const first = project(customer(), { a: 'email', b: 'name' }, 'select');
  const second = project(customer(), { a: 'name', b: 'email' }, 'select');
  return union(first, second);
}

/** Times compared with consent on the left, and with something else on the right. */
function twoTimes(): Relation {
  const since = (time: string) => {
    const named = project(consenting(), { email: 'email', since: time }, 'select');
    return join('inner', source('landing.reading'), named, { user: 'email' });
  };
  const both = union(since('researchSince'), since('updated'));
  return filter(both, call('gte', 'time', 'since'));
}

/** Reviews by consenting people beside all words of a list and how they are spelled. */
function besideWords(): Relation {
  const consented = join('semi', source('landing.review'), consents(), { author: 'email' });
  const reviews = project(consented, { author: 'author', who, stars: 'stars', n: constant });
  const words = project(source('landing.text'), { listed: 'listed', spelling, m: constant });
  return join('inner', reviews, words, { n: 'm' });
}

/** Some columns, and a row for each part of a text. */
function spread(
  rows: Relation,
  kept: readonly string[],
  text: string,
  options: { readonly outer?: boolean; readonly position?: string },
): Relation {
  const list = call('split', text, literal('string', '@'));
  const copies = Object.fromEntries(kept.map((name) => [name, name]));
  return explode(project(rows, { ...copies, list }, 'select'), 'list', 'part', options);
}

function spelled(rows: Relation, ...kept: readonly string[]): Library {
  return published(select(rows, ...kept), sink('curated', 'output'));
}

/** Those of which something is said in each of several conditions. */
function wordsWhere(...conditions: readonly Expression[]): Relation {
  return conditions.reduce(filter, besideWords());
}

/** What consenting people wrote about somebody, of those for which something is said of its words. */
function aboutWhere(say: (words: Expression) => Expression): Library {
  const notesOf = join('semi', source('landing.note'), consents(), { author: 'email' });
  const words = call('split', 'about', literal('string', ' '));
  return published(select(filter(notesOf, say(words)), 'about'), sink('curated', 'output'), notes);
}

const isItem = call('eq', parameter('item'), 'author');

const equalsItem = call('eq', parameter('item_2'), parameter('item'));

/** With a column that says whether the word is the author. */
function flagged(): Relation {
  const isAuthor = call('eq', 'listed', 'author');
  return project(besideWords(), {
    author: 'author',
    stars: 'stars',
    spelling: 'spelling',
    isAuthor,
  });
}

const constant = literal('int', 1);
const who = call('pseudonym', 'author', literal('string', 'research'));
const spelling = call('lower', 'listed');

const pairs = { author: 'email', about: 'name' };

const leaks: readonly Leak[] = [
  {
    it: 'a union of rows that are about one person by one column and by another',
    library: published(join('semi', twoSubjects(), consents(), { a: 'email' })),
  },
  {
    it: 'people of one kind, by the consent of people of another who have the same names',
    library: published(
      join('semi', review(), keepConsented(source('landing.coach'), 'research', 'badge'), {
        author: 'badge',
      }),
      sink('trusted', 'output'),
      coaches,
    ),
  },
  {
    it: "a device's readings, by an owner who may share it",
    library: published(
      join('inner', source('landing.step'), select(consenting(), 'email', 'serial'), {
        device: 'serial',
      }),
    ),
  },
  { it: 'times compared with something else in half of the rows', library: published(twoTimes()) },
  {
    it: 'a text that is the name of who wrote it',
    library: published(
      select(
        join('inner', source('landing.note'), select(consenting(), 'email', 'name'), pairs),
        'about',
      ),
      sink('curated', 'output'),
      notes,
    ),
  },
  {
    it: 'consent read off versions of which some found no row',
    library: published(
      keepConsented(join('left', review(), customer(), { author: 'email' }), 'research', 'author'),
    ),
  },
  ...['email', 'researchSince'].map((name) => ({
    it: `${name} under no label but what the table says of it`,
    library: published(
      select(keepConsented(source('landing.version')), name),
      sink('curated', 'output'),
      bareVersions,
    ),
  })),
  {
    it: 'an event time under no label',
    library: published(
      select(
        filter(
          join('inner', source('landing.event'), consents(), { who: 'email' }),
          call('gte', 'when', 'researchSince'),
        ),
        'when',
      ),
      sink('curated', 'output'),
      bareEvents,
    ),
  },
  {
    it: 'names in a table about nobody',
    library: published(source('landing.name'), sink('trusted', 'output'), names),
  },
  ...['where', 'everybody'].map((who) => ({
    it: `consent of a person's newest version, or of an older one: ${who} has a serial number`,
    library: published(
      keepConsented(
        spread(customer(), ['email', 'updated', 'researchSince'], 'serial', {
          outer: who === 'everybody',
        }),
      ),
    ),
  })),
  ...['part', 'place'].map((name) => ({
    it: `a ${name} of who wrote it`,
    library: published(
      select(
        spread(join('semi', review(), consents(), { author: 'email' }), [], 'author', {
          position: 'place',
        }),
        name,
      ),
      sink('curated', 'output'),
    ),
  })),
  {
    it: 'names and emails in one column',
    library: published(
      select(unpivot(consenting(), ['email', 'name'], 'which', 'text'), 'text'),
      sink('curated', 'output'),
    ),
  },
  {
    it: "consent read off rows of each version's columns",
    library: published(keepConsented(unpivot(customer(), ['name', 'serial'], 'which', 'text'))),
  },
  {
    it: 'emails that no consenting person has',
    library: published(
      setOperation('except', select(customer(), 'email'), select(consenting(), 'email')),
    ),
  },
  {
    it: 'texts of consenting people that others have too',
    library: published(
      setOperation('intersect', select(consenting(), 'name'), select(customer(), 'name')),
    ),
  },
  {
    it: 'words of a list that are names, without a label of their own',
    library: published(
      setOperation(
        'intersect',
        project(source('landing.text'), { name: 'listed' }, 'select'),
        select(consenting(), 'name'),
      ),
      sink('curated', 'output'),
    ),
  },
  { it: 'a purpose of the restricted zone', library: restrictedForAPurpose() },
  { it: 'pseudonymous rows taken back to identified ones', library: takenBack() },
  {
    it: 'how a name is spelled, beside the word of a list that a filter says it is',
    library: spelled(wordsWhere(call('eq', 'listed', 'author')), 'spelling'),
  },
  {
    it: 'the same of what a filter denies, since another may deny it again',
    library: spelled(wordsWhere(call('not', call('ne', 'listed', 'author'))), 'spelling'),
  },
  {
    it: 'the same of a pseudonym, beside which the word is whom it stands for',
    library: spelled(wordsWhere(call('eq', 'listed', 'who')), 'spelling'),
  },
  {
    it: 'the same of what two filters say in turn',
    library: spelled(
      wordsWhere(call('gte', 'listed', 'author'), call('lte', 'listed', 'author')),
      'spelling',
    ),
  },
  {
    it: 'the same of what a column says',
    library: spelled(filter(flagged(), columnNamed('isAuthor')), 'spelling'),
  },
  {
    it: 'the same of a pick by what a column says',
    library: spelled(dedupe(flagged(), ['author'], [desc('isAuthor')]), 'spelling'),
  },
  {
    it: 'the same of what a second join says',
    library: spelled(
      join('inner', besideWords(), select(consenting(), 'email', 'name'), {
        author: 'email',
        listed: 'name',
      }),
      'spelling',
    ),
  },
  {
    it: 'texts of which a word is the name of who wrote them',
    library: aboutWhere((words) => each('exists', [words], ['item'], isItem)),
  },
  {
    it: 'the same of a word of a word',
    library: aboutWhere((words) =>
      each(
        'exists',
        [words],
        ['item_2'],
        each(
          'exists',
          [call('split', parameter('item_2'), literal('string', '-'))],
          ['item'],
          isItem,
        ),
      ),
    ),
  },
  {
    it: 'the same of words that are compared one way, and the other way elsewhere',
    library: aboutWhere((words) =>
      call(
        'and',
        each('forall', [words], ['item'], call('gte', parameter('item'), 'author')),
        each('forall', [words], ['item_2'], call('lte', parameter('item_2'), 'author')),
      ),
    ),
  },
  {
    it: 'the same of a total of words',
    library: aboutWhere((words) =>
      call(
        'gt',
        each(
          'reduce',
          [call('split', 'author', literal('string', ' ')), literal('int', 0)],
          ['total', 'item'],
          call('size', each('filterItems', [words], ['item_2'], equalsItem)),
        ),
        literal('int', 0),
      ),
    ),
  },
  {
    it: 'the same of a list that has the name',
    library: aboutWhere((words) => call('includes', words, 'author')),
  },
  {
    it: 'the same of a list that has a word of the name',
    library: aboutWhere((words) =>
      call('arraysOverlap', words, call('split', 'author', literal('string', '@'))),
    ),
  },
  {
    it: 'the same of the greatest such word',
    library: spelled(
      filter(
        aggregate(flagged(), ['author', 'isAuthor'], { greatest: over('max', 'spelling') }),
        columnNamed('isAuthor'),
      ),
      'greatest',
    ),
  },
];

function restrictedForAPurpose(): Library {
  const zones = [zone('landing'), zone('restricted', { purposes: ['research'] })];
  const stars = select(join('semi', review(), consents(), { author: 'email' }), 'stars');
  return library([job('odd', stars, sink('restricted', 'odd'))], { zones });
}

function takenBack(): Library {
  const stars = select(join('semi', review(), consents(), { author: 'email' }), 'stars');
  const curated = job('curated', stars, sink('curated', 'stars'));
  const back = job('back', source('curated.stars'), sink('trusted', 'stars'));
  const zones = [
    zone('landing'),
    zone('trusted', { purposes: ['research'], holds: 'identified' }),
    zone('curated', { purposes: ['research'] }),
  ];
  return library([curated, back], { zones });
}

describe('the verifier refuses what the compiler refuses:', () => {
  let tried: ReturnType<typeof tryBoth>;
  before(() => {
    tried = tryBoth(leaks.map((leak) => leak.library));
    expect(tried).to.have.length(leaks.length);
  });

  for (const [index, leak] of leaks.entries()) {
    it(leak.it, () => {
      const [one] = tried.slice(index);
      expect(one?.codes ?? []).to.not.deep.equal([]);
      expect(one && isRefused(one), one && shown(one)).to.equal(true);
    });
  }
});

describe('the verifier accepts what the compiler accepts:', () => {
  it('what people say themselves, beside the word of a list that is their name', () => {
    const [one] = tryBoth([spelled(wordsWhere(call('eq', 'listed', 'author')), 'stars')]);
    expect(one?.codes).to.deep.equal([]);
    expect(one?.findings).to.deep.equal([]);
  });

  it('texts of which a word is a constant, with a lambda within a lambda of the same parameter', () => {
    const named = (of: Expression, body: Expression) => each('exists', [of], ['item'], body);
    const item = parameter('item');
    const parts = call('split', item, literal('string', '-'));
    const [one] = tryBoth([
      aboutWhere((words) =>
        named(words, named(parts, call('eq', item, literal('string', 'coach')))),
      ),
    ]);
    expect(one?.codes).to.deep.equal([]);
    expect(one?.findings).to.deep.equal([]);
  });
});
