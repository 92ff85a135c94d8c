import {
  array,
  boolean,
  corr,
  countIf,
  covariance,
  date,
  decimal,
  double,
  every,
  int,
  listOf,
  long,
  map,
  mapOf,
  maxBy,
  median,
  minBy,
  percentile,
  some,
  string,
  structOf,
  timestamp,
  variance,
} from '#lakewright';
import { customer, landing } from '../types/fixtures/tables.ts';
import { agreeOnColumns } from './agreement.ts';

const id = { identifier: true } as const;
const none = { null: true } as const;
const maybe = { identifier: true, null: true } as const;

/** Columns `n...` are never null and have no label; columns `o...` may be null and identify. */
const all = landing.table('all_functions', {
  about: 'key',
  columns: {
    key: string().subject(customer),
    nText: string(),
    oText: string().nullable().identifier(),
    nInt: int(),
    oInt: int().nullable().identifier(),
    nLong: long(),
    oLong: long().nullable().identifier(),
    nReal: double(),
    oReal: double().nullable().identifier(),
    nPrice: decimal(10, 2),
    nDay: date(),
    oDay: date().nullable().identifier(),
    nAt: timestamp(),
    oAt: timestamp().nullable().identifier(),
    nFlag: boolean(),
    nList: array(string()),
    oList: array(string().nullable()).nullable(),
    nMap: map(string(), long().nullable()),
  },
});

describe('the types of functions say what the algebra says', () => {
  it('of text', () => {
    agreeOnColumns(
      all
        .derive((c) => ({
          r0: c.oText.ltrim(),
          r1: c.nText.lpad(5, '0'),
          r2: c.nText.left(2),
          r3: c.nText.replace(c.oText, ''),
          r4: c.nText.position(c.oText),
          r5: c.oText.concatWith(', ', c.nText),
          r6: c.nText.concatWith(', ', c.oText, 'x'),
          r7: c.oText.substringIndex('@', -1),
          r8: c.nText.translate('a', 'b'),
          r9: c.oText.like('a%'),
          r10: c.oText.rlike('a'),
          r11: c.nText.regexpExtract('a', 0),
          r12: c.oText.regexpReplace('a', ''),
          r13: c.nText.levenshtein('abc'),
          r14: c.oText.xxhash64(),
          r15: c.oText.crc32(),
          r16: c.oText.ascii(),
          r17: c.nText.parseDate('yyyyMMdd'),
          r18: c.oText.parseTimestamp('yyyyMMdd HH'),
          r19: c.oText.eqNullSafe(c.nText),
          r20: c.nText.greatest(c.oText),
          r21: c.oText.least(c.oText),
          r22: c.nText.nullIf(''),
        }))
        .select(
          'r0',
          'r1',
          'r2',
          'r3',
          'r4',
          'r5',
          'r6',
          'r7',
          'r8',
          'r9',
          'r10',
          'r11',
          'r12',
          'r13',
          'r14',
          'r15',
          'r16',
          'r17',
          'r18',
          'r19',
          'r20',
          'r21',
          'r22',
        ),
      {
        r0: ['string', maybe],
        r1: ['string', {}],
        r2: ['string', {}],
        r3: ['string', maybe],
        r4: ['int', maybe],
        r5: ['string', id],
        r6: ['string', id],
        r7: ['string', maybe],
        r8: ['string', {}],
        r9: ['boolean', maybe],
        r10: ['boolean', maybe],
        r11: ['string', {}],
        r12: ['string', maybe],
        r13: ['int', {}],
        r14: ['long', id],
        r15: ['long', maybe],
        r16: ['int', maybe],
        r17: ['date', none],
        r18: ['timestamp', maybe],
        r19: ['boolean', id],
        r20: ['string', id],
        r21: ['string', maybe],
        r22: ['string', none],
      },
    );
  });

  it('of numbers', () => {
    agreeOnColumns(
      all
        .derive((c) => ({
          r0: c.nReal.exp(),
          r1: c.nInt.ln(),
          r2: c.oLong.log1p(),
          r3: c.nReal.atan2(c.oReal),
          r4: c.nReal.hypot(2),
          r5: c.oReal.isNaN(),
          r6: c.nReal.nanvl(c.oReal),
          r7: c.nReal.widthBucket(0, 1, 4),
          r8: c.oReal.bround(2),
          r9: c.nPrice.bround(),
          r10: c.nPrice.floor(),
          r11: c.nInt.pmod(24),
          r12: c.nInt.bitAnd(c.oLong),
          r13: c.nLong.shiftLeft(2),
          r14: c.oInt.hex(),
          r15: c.nInt.greatest(c.nLong),
          r16: c.nReal.sign(),
          r17: c.nLong.timestampMillis(),
        }))
        .select(
          'r0',
          'r1',
          'r2',
          'r3',
          'r4',
          'r5',
          'r6',
          'r7',
          'r8',
          'r9',
          'r10',
          'r11',
          'r12',
          'r13',
          'r14',
          'r15',
          'r16',
          'r17',
        ),
      {
        r0: ['double', {}],
        r1: ['double', none],
        r2: ['double', maybe],
        r3: ['double', maybe],
        r4: ['double', {}],
        r5: ['boolean', id],
        r6: ['double', maybe],
        r7: ['long', none],
        r8: ['double', maybe],
        r9: ['decimal', {}],
        r10: ['decimal', {}],
        r11: ['int', {}],
        r12: ['long', maybe],
        r13: ['long', {}],
        r14: ['string', maybe],
        r15: ['long', {}],
        r16: ['double', {}],
        r17: ['timestamp', none],
      },
    );
  });

  it('of days and instants', () => {
    agreeOnColumns(
      all
        .derive((c) => ({
          r0: c.oDay.year(),
          r1: c.nAt.weekOfYear(),
          r2: c.nDay.dateTrunc('month'),
          r3: c.oAt.dateTrunc('hour'),
          r4: c.nDay.addDays(c.oInt),
          r5: c.nDay.addDays(1),
          r6: c.nDay.addMonths(1),
          r7: c.nDay.lastDay(),
          r8: c.nDay.nextDay('Mon'),
          r9: c.nDay.dateDiff(c.oDay),
          r10: c.nDay.dateDiff('2020-01-01'),
          r11: c.nAt.monthsBetween(c.oAt),
          r12: c.nAt.hour(),
          r13: c.nAt.addSeconds(1),
          r14: c.oAt.fromUtc('Europe/Berlin'),
          r15: c.nAt.toDate(),
          r16: c.nDay.toTimestamp(),
          r17: c.nAt.unixMillis(),
          r18: c.oDay.format('dd.MM.yyyy'),
        }))
        .select(
          'r0',
          'r1',
          'r2',
          'r3',
          'r4',
          'r5',
          'r6',
          'r7',
          'r8',
          'r9',
          'r10',
          'r11',
          'r12',
          'r13',
          'r14',
          'r15',
          'r16',
          'r17',
          'r18',
        ),
      {
        r0: ['int', maybe],
        r1: ['int', {}],
        r2: ['date', {}],
        r3: ['timestamp', maybe],
        r4: ['date', maybe],
        r5: ['date', none],
        r6: ['date', none],
        r7: ['date', {}],
        r8: ['date', none],
        r9: ['int', maybe],
        r10: ['int', {}],
        r11: ['double', maybe],
        r12: ['int', {}],
        r13: ['timestamp', none],
        r14: ['timestamp', maybe],
        r15: ['date', {}],
        r16: ['timestamp', {}],
        r17: ['long', {}],
        r18: ['string', maybe],
      },
    );
  });

  it('of lists and maps', () => {
    agreeOnColumns(
      all
        .derive((c) => ({
          r1: c.nText.split(',').at(1),
          r2: c.oText.split(',').size(),
          r3: c.nList.includes('a'),
          r4: c.oList.includes('a'),
          r5: c.nList.includes(c.oText),
          r6: c.nList.arrayMax(),
          r7: c.nList.arrayJoin(', '),
          r8: c.nMap.get('a'),
          r9: c.nMap.get(c.oText),
          r10: c.nMap.hasKey('a'),
          r11: c.nList.arrayConcat(c.oText.split(',')).at(1),
          r12: c.nList.arraysOverlap(c.oList),
          r13: c.nList.arraysOverlap(c.nList.arrayReverse()),
          r14: c.nMap
            .mapEntries()
            .transform((item) => item.key)
            .size(),
          r15: c.nMap.mapSize(),
          r16: c.oText.regexpExtractAll('a', 0).size(),
        }))
        .drop(
          ...(['key', 'nText', 'oText', 'nInt', 'oInt', 'nLong', 'oLong', 'nReal'] as const),
          ...(['oReal', 'nPrice', 'nDay', 'oDay', 'nAt', 'oAt', 'nFlag'] as const),
          ...(['nList', 'oList', 'nMap'] as const),
        ),
      {
        r1: ['string', none],
        r2: ['int', maybe],
        r3: ['boolean', {}],
        r4: ['boolean', none],
        r5: ['boolean', maybe],
        r6: ['string', none],
        r7: ['string', {}],
        r8: ['long', none],
        r9: ['long', maybe],
        r10: ['boolean', {}],
        r11: ['string', maybe],
        r12: ['boolean', none],
        r13: ['boolean', {}],
        r14: ['int', {}],
        r15: ['int', {}],
        r16: ['int', maybe],
      },
    );
  });

  it('of lambdas', () => {
    agreeOnColumns(
      all
        .derive((c) => ({
          r1: c.nList.transform((item) => item.length()).arrayMax(),
          r2: c.nList.transform((item) => item.concat(c.oText)).size(),
          r3: c.nList.exists((item) => item.eq('a')),
          r4: c.nList.exists((item) => item.eq(c.oText)),
          r5: c.oList.forall((item) => item.gt('a')),
          r6: c.nList.filterItems((item, place) => place.gt(0).and(item.ne(c.oText))).size(),
          r7: c.nList.reduce('', (total, item) => total.concat(item)),
          r8: c.nList.reduce(0, (total, item) => total.plus(item.length())),
          r9: c.nList.reduce(c.oLong, (total) => total),
          r10: c.nList.zipWith(c.oText.split(','), (item, other) => item.eq(other)).size(),
          r11: c.nMap.filterEntries((key, value) => value.gt(c.oLong).or(key.eq('a'))).get('a'),
          r12: c.nMap.transformValues((key, value) => value.isNull().or(key.eq('a'))).get('a'),
          r13: c.nList.transform(() => true).at(1),
          r14: c.nList.transform((item) => c.nList.exists((each) => each.eq(item))).includes(true),
        }))
        .select(
          'r1',
          'r2',
          'r3',
          'r4',
          'r5',
          'r6',
          'r7',
          'r8',
          'r9',
          'r10',
          'r11',
          'r12',
          'r13',
          'r14',
        ),
      {
        r1: ['int', none],
        r2: ['int', id],
        r3: ['boolean', {}],
        r4: ['boolean', maybe],
        r5: ['boolean', none],
        r6: ['int', id],
        r7: ['string', none],
        r8: ['int', none],
        r9: ['long', maybe],
        r10: ['int', maybe],
        r11: ['long', maybe],
        r12: ['boolean', none],
        r13: ['boolean', none],
        r14: ['boolean', {}],
      },
    );
  });

  it('of lists, structs and maps that are made', () => {
    agreeOnColumns(
      all
        .derive((c) => ({
          r1: listOf(c.nText, 'a').at(1),
          r2: listOf(c.nReal, 1, c.oReal)
            .transform((item) => item.times(2))
            .arrayMax(),
          r3: structOf({ x: c.nInt, who: c.oText }).x,
          r4: structOf({ x: c.nInt, who: c.oText }).who,
          r5: structOf({ x: c.oList, y: 1 }).x.size(),
          r6: mapOf({ a: c.nInt, b: c.oInt }).get('a'),
          r7: listOf(c.nInt).exists((item) => item.gt(1)),
          r8: listOf(c.oInt).exists((item) => item.gt(1)),
          r9: listOf(structOf({ x: c.nReal }))
            .transform((item) => item.x.plus(1))
            .size(),
        }))
        .select('r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8', 'r9'),
      {
        r1: ['string', none],
        r2: ['double', maybe],
        r3: ['int', id],
        r4: ['string', maybe],
        r5: ['int', none],
        r6: ['int', maybe],
        r7: ['boolean', {}],
        r8: ['boolean', maybe],
        r9: ['int', {}],
      },
    );
  });

  it('of aggregates', () => {
    agreeOnColumns(
      all.aggregate((c) => ({
        r0: countIf(c.nInt.gt(c.oInt)),
        r1: median(c.nReal),
        r2: percentile(c.oInt, 0.9),
        r3: corr(c.nReal, c.oInt),
        r4: covariance(c.nReal, c.nInt),
        r5: variance(c.nLong),
        r6: every(c.nFlag),
        r7: some(c.nFlag),
        r8: minBy(c.nText, c.oLong),
        r9: maxBy(c.nAt, c.nDay),
      })),
      {
        r0: ['long', id],
        r1: ['double', none],
        r2: ['double', maybe],
        r3: ['double', maybe],
        r4: ['double', none],
        r5: ['double', none],
        r6: ['boolean', none],
        r7: ['boolean', none],
        r8: ['string', maybe],
        r9: ['timestamp', none],
      },
    );
  });
});
