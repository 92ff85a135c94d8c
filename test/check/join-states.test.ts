import { expect } from 'chai';
import type { State } from '../../algebra/labels.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { JoinKind } from '../../algebra/verbs/join.ts';
import { passes } from '../../check/index.ts';
import { type Knowledge, nothingKnown } from '../../check/knowledge.ts';
import {
  aggregate,
  column,
  job,
  join,
  keepConsented,
  library,
  over,
  project,
  sink,
  source,
  standardTables,
  table,
} from './plain.ts';

const places = table('place', { name: column('string'), rank: column('long') });

type Kind = State['kind'];

/** Each has a column `key` and a column `other`, which does not name the subject; on the right the names end in `2`. */
const frames: Readonly<Record<Kind, () => Relation>> = {
  local: () => project(source('landing.reading'), { key: 'user', other: 'time' }),
  clean: () =>
    project(keepConsented(source('landing.customer')), { key: 'email', other: 'updated' }),
  mixed: () =>
    project(
      aggregate(source('landing.reading'), ['x'], { last: over('max', 'user'), n: over('count') }),
      { key: 'last', other: 'n' },
    ),
  public: () => project(source('landing.place'), { key: 'name', other: 'rank' }),
};

function joined(how: JoinKind, left: Kind, right: Kind, on?: 'key' | 'other', reason?: string) {
  const second = project(frames[right](), { key2: 'key', other2: 'other' });
  const more = reason === undefined ? {} : { crossSubject: reason };
  return join(how, frames[left](), second, on === undefined ? {} : { [on]: `${on}2` }, more);
}

/** What the passes make of some rows, up to and with the one that derives states. */
function look(rows: Relation): { state: State | undefined; codes: readonly string[] } {
  const given = library([job('the_job', rows, sink('trusted', 'output'))], {
    tables: [...standardTables, places],
  });
  let known: Knowledge = nothingKnown(given, new Date());
  const codes: string[] = [];
  for (const pass of passes.slice(
    0,
    passes.findIndex((one) => one.name === 'zones'),
  )) {
    const { diagnostics, learnt } = pass.run(known);
    codes.push(...diagnostics.map((one) => one.code));
    known = { ...known, ...learnt };
  }
  return { state: known.frames.get(rows)?.state, codes };
}

const kinds: readonly Kind[] = ['local', 'clean', 'mixed', 'public'];
type Matrix = Readonly<Record<Kind, Readonly<Record<Kind, Kind>>>>;

const mixedRow = { local: 'mixed', clean: 'mixed', mixed: 'mixed', public: 'mixed' } as const;

/** Rows: the left; columns: the right. Joined on the subject's key. */
const onSubject: Readonly<Record<JoinKind, Matrix>> = {
  inner: {
    local: { local: 'local', clean: 'clean', mixed: 'mixed', public: 'local' },
    clean: { local: 'clean', clean: 'clean', mixed: 'mixed', public: 'clean' },
    mixed: mixedRow,
    public: { local: 'local', clean: 'clean', mixed: 'mixed', public: 'public' },
  },
  left: {
    local: { local: 'local', clean: 'local', mixed: 'mixed', public: 'local' },
    clean: { local: 'clean', clean: 'clean', mixed: 'mixed', public: 'clean' },
    mixed: mixedRow,
    public: { local: 'mixed', clean: 'clean', mixed: 'mixed', public: 'public' },
  },
  semi: {
    local: { local: 'local', clean: 'clean', mixed: 'mixed', public: 'local' },
    clean: { local: 'clean', clean: 'clean', mixed: 'mixed', public: 'clean' },
    mixed: mixedRow,
    public: { local: 'mixed', clean: 'clean', mixed: 'mixed', public: 'public' },
  },
  full: {
    local: { local: 'local', clean: 'local', mixed: 'mixed', public: 'mixed' },
    clean: { local: 'local', clean: 'clean', mixed: 'mixed', public: 'clean' },
    mixed: mixedRow,
    public: { local: 'mixed', clean: 'clean', mixed: 'mixed', public: 'public' },
  },
  // On no columns.
  cross: {
    local: { local: 'mixed', clean: 'mixed', mixed: 'mixed', public: 'local' },
    clean: { local: 'mixed', clean: 'clean', mixed: 'mixed', public: 'clean' },
    mixed: mixedRow,
    public: { local: 'local', clean: 'clean', mixed: 'mixed', public: 'public' },
  },
  anti: {
    local: { local: 'local', clean: 'local', mixed: 'mixed', public: 'local' },
    clean: { local: 'clean', clean: 'clean', mixed: 'mixed', public: 'clean' },
    mixed: mixedRow,
    public: { local: 'mixed', clean: 'clean', mixed: 'mixed', public: 'public' },
  },
};

/** Joined on something that does not name the subject: the same for all four joins, of two frames about people. */
const offSubject: Readonly<Record<'local' | 'clean', Readonly<Record<'local' | 'clean', Kind>>>> = {
  local: { local: 'mixed', clean: 'mixed' },
  clean: { local: 'mixed', clean: 'clean' },
};

describe('states of joins', () => {
  for (const how of ['inner', 'left', 'full', 'semi', 'anti'] as const) {
    for (const left of kinds) {
      for (const right of kinds) {
        const want = onSubject[how][left][right];
        it(`${left} ${how} ${right} on the subject is ${want}`, () => {
          const { state, codes } = look(joined(how, left, right, 'key'));
          expect(codes).to.deep.equal([]);
          expect(state?.kind).to.equal(want);
        });
      }
    }
    for (const left of ['local', 'clean'] as const) {
      for (const right of ['local', 'clean'] as const) {
        const want = offSubject[left][right];
        it(`${left} ${how} ${right} on anything else is ${want}`, () => {
          const { state, codes } = look(joined(how, left, right, 'other', 'a reason'));
          expect(codes).to.deep.equal([]);
          expect(state?.kind).to.equal(want);
          if (state?.kind === 'clean') expect(state.keys).to.deep.equal([]);
        });
      }
    }
    it(`clean ${how} clean on anything else needs a reason`, () => {
      expect(look(joined(how, 'clean', 'clean', 'other')).codes).to.deep.equal([
        'privacy/cross-subject',
      ]);
    });
  }

  for (const left of kinds) {
    for (const right of kinds) {
      it(`${left} across ${right} is ${onSubject.cross[left][right]}`, () => {
        const { state, codes } = look(joined('cross', left, right, undefined, 'a reason'));
        expect(codes).to.deep.equal([]);
        expect(state?.kind).to.equal(onSubject.cross[left][right]);
      });
    }
  }

  it('clean across clean needs a reason', () => {
    expect(look(joined('cross', 'clean', 'clean')).codes).to.deep.equal(['privacy/cross-subject']);
  });

  it('keeps the key of a left join on the left, not on the right', () => {
    const { state } = look(joined('left', 'local', 'local', 'key'));
    expect(state).to.deep.include({ keys: ['key'] });
  });
});
