// Intl and the toLocale*String methods, for English of the United States.
import host from 'grade:host';
import { isObject } from './idl.js';

const native = host.api('intl');
const thisTime = Date.prototype.getTime;
const thisNumber = Number.prototype.valueOf;
const thisBigInt = BigInt.prototype.valueOf;

/** Only `en-US` and what means the same; anything else is not supported. */
function locale(locales, what) {
  const list = typeof locales === 'string' ? [locales] : locales === undefined ? [] : [...Object(locales)];
  if (locales === null) throw new TypeError('Cannot convert undefined or null to object');
  for (const tag of list) {
    if (typeof tag !== 'string' && !isObject(tag)) throw new TypeError('Incorrect locale information provided');
    if (!/^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$/.test(`${tag}`)) {
      throw new RangeError(`Incorrect locale information provided`);
    }
  }
  const tag = `${list[0] ?? 'en-US'}`.toLowerCase();
  if (tag !== 'en-us' && tag !== 'en') host.unsupported(`${what} for locale ${list[0]}`);
  return tag === 'en' ? 'en' : 'en-US';
}

function option(options, name, allowed) {
  const value = options[name];
  if (value === undefined) return undefined;
  const text = `${value}`;
  if (!allowed.includes(text)) throw new RangeError(`Value ${text} out of range for Intl options property ${name}`);
  return text;
}

const WIDTHS = ['narrow', 'short', 'long'];
const DIGITS = ['2-digit', 'numeric'];
const FIELDS = {
  weekday: WIDTHS,
  era: WIDTHS,
  year: DIGITS,
  month: ['2-digit', 'numeric', ...WIDTHS],
  day: DIGITS,
  dayPeriod: WIDTHS,
  hour: DIGITS,
  minute: DIGITS,
  second: DIGITS,
  fractionalSecondDigits: ['1', '2', '3'],
  timeZoneName: ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric'],
};
const DATE = ['weekday', 'year', 'month', 'day'];
const TIME = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits'];

/** The options of a date format as the standard resolves them; `required` and `defaults` say which fields it fills in. */
function dateOptions(options, required, defaults) {
  const input = options === undefined ? {} : Object(options);
  if (options === null) throw new TypeError('Cannot convert undefined or null to object');
  const result = {};
  for (const [name, allowed] of [['calendar', ['gregory']], ['numberingSystem', ['latn']]]) {
    if (input[name] !== undefined && !allowed.includes(`${input[name]}`)) host.unsupported(`the Intl option ${name}: ${input[name]}`);
  }
  const hour12 = input.hour12 === undefined ? undefined : Boolean(input.hour12);
  const cycle = option(input, 'hourCycle', ['h11', 'h12', 'h23', 'h24']);
  const zone = input.timeZone === undefined ? native.localZone() : native.zone(`${input.timeZone}`.toWellFormed());
  if (zone === null) throw new RangeError(`Invalid time zone specified: ${input.timeZone}`);
  result.timeZone = zone;
  for (const name of Object.keys(FIELDS)) {
    const value = option(input, name, FIELDS[name]);
    if (value !== undefined) result[name] = value;
  }
  const dateStyle = option(input, 'dateStyle', ['full', 'long', 'medium', 'short']);
  const timeStyle = option(input, 'timeStyle', ['full', 'long', 'medium', 'short']);
  if (dateStyle !== undefined || timeStyle !== undefined) {
    if (Object.keys(FIELDS).some((name) => result[name] !== undefined)) {
      throw new TypeError('Can\'t set option when dateStyle or timeStyle is used');
    }
    if ((required === 'date' && timeStyle !== undefined) || (required === 'time' && dateStyle !== undefined)) {
      throw new TypeError(`Invalid option : ${required === 'date' ? 'timeStyle' : 'dateStyle'}`);
    }
    if (dateStyle !== undefined) result.dateStyle = dateStyle;
    if (timeStyle !== undefined) result.timeStyle = timeStyle;
  } else {
    const has = (names) => names.some((name) => result[name] !== undefined);
    const given = (required !== 'time' && has(DATE)) || (required !== 'date' && has(TIME));
    if (!given && defaults !== 'time') result.year = result.month = result.day = 'numeric';
    if (!given && defaults !== 'date') result.hour = result.minute = result.second = 'numeric';
  }
  if (result.hour !== undefined || result.timeStyle !== undefined) {
    result.hourCycle = hour12 === undefined ? (cycle ?? 'h12') : hour12 ? 'h12' : 'h24';
  }
  return result;
}

const flatten = (options) => Object.entries(options).flatMap(([name, value]) => [name, `${value}`]);

function partsOf(flat, what) {
  if (flat === null) host.unsupported(`these options of ${what}`);
  const parts = [];
  for (let i = 0; i < flat.length; i += 2) parts.push({ type: flat[i], value: flat[i + 1] });
  return parts;
}

const joined = (parts) => parts.map((part) => part.value).join('');

function dateParts(ms, options) {
  if (!Number.isFinite(ms)) throw new RangeError('Invalid time value');
  return partsOf(native.date(ms, flatten(options)), 'Intl.DateTimeFormat');
}

const time = (date) => (date === undefined ? Date.now() : typeof date === 'object' && date instanceof Date ? thisTime.call(date) : Number(date));

class DateTimeFormatImpl {
  #locale;
  #options;
  #format;

  constructor(locales = undefined, options = undefined) {
    this.#locale = locale(locales, 'Intl.DateTimeFormat');
    this.#options = dateOptions(options, 'any', 'date');
    this.#format = (date) => joined(dateParts(time(date), this.#options));
    Object.defineProperty(this.#format, 'name', { value: '' });
  }

  static supportedLocalesOf(locales) { return supported(locales); }
  get format() { return this.#format; }
  formatToParts(date = undefined) { return dateParts(time(date), this.#options); }
  formatRange(start, end) {
    this.#options;
    host.unsupported('Intl.DateTimeFormat.formatRange');
  }
  formatRangeToParts(start, end) {
    this.#options;
    host.unsupported('Intl.DateTimeFormat.formatRangeToParts');
  }
  resolvedOptions() {
    const { timeZone, hourCycle, dateStyle, timeStyle, ...fields } = this.#options;
    const result = { locale: this.#locale, calendar: 'gregory', numberingSystem: 'latn', timeZone };
    if (hourCycle !== undefined) Object.assign(result, { hourCycle, hour12: hourCycle === 'h11' || hourCycle === 'h12' });
    // What the pattern shows, whatever was asked for.
    const count = ['hour', 'minute', 'second'].filter((name) => fields[name] !== undefined).length;
    for (const name of Object.keys(FIELDS)) {
      if (fields[name] === undefined) continue;
      if (name === 'fractionalSecondDigits') result[name] = Number(fields[name]);
      else result[name] = count > 1 && (name === 'minute' || name === 'second') ? '2-digit' : fields[name];
    }
    if (dateStyle !== undefined) result.dateStyle = dateStyle;
    if (timeStyle !== undefined) result.timeStyle = timeStyle;
    return result;
  }
}

function supported(locales) {
  const list = typeof locales === 'string' ? [locales] : [...(locales ?? [])];
  return list.filter((tag) => /^en(-US)?$/i.test(tag));
}

function digits(options, name, least, most) {
  const value = options[name];
  if (value === undefined) return undefined;
  const number = Math.floor(Number(value));
  if (!(number >= least && number <= most)) throw new RangeError(`${name} value is out of range.`);
  return number;
}

const NO_MINOR = ('AFN ALL BIF CLP COP DJF GNF HUF IDR IQD IRR ISK JPY KMF KPW KRW LAK LBP MGA MMK PKR PYG RWF SLL SOS SYP UGX VND VUV XAF XOF XPF YER').split(' ');
const THREE_MINOR = 'BHD JOD KWD LYD OMR TND'.split(' ');

function numberOptions(options) {
  if (options === null) throw new TypeError('Cannot convert undefined or null to object');
  const input = options === undefined ? {} : Object(options);
  const result = {};
  result.style = option(input, 'style', ['decimal', 'percent', 'currency', 'unit']) ?? 'decimal';
  if (result.style === 'unit') host.unsupported('Intl.NumberFormat with style: unit');
  let fraction = [0, result.style === 'percent' ? 0 : 3];
  if (input.currency !== undefined && !/^[A-Za-z]{3}$/.test(`${input.currency}`)) throw new RangeError('Invalid currency code : ' + input.currency);
  if (result.style === 'currency') {
    if (input.currency === undefined) throw new TypeError('Currency code is required with currency style.');
    result.currency = `${input.currency}`.toUpperCase();
    result.currencyDisplay = option(input, 'currencyDisplay', ['code', 'symbol', 'narrowSymbol', 'name']) ?? 'symbol';
    result.currencySign = option(input, 'currencySign', ['standard', 'accounting']) ?? 'standard';
    const minor = NO_MINOR.includes(result.currency) ? 0 : THREE_MINOR.includes(result.currency) ? 3 : 2;
    fraction = [minor, minor];
  }
  result.notation = option(input, 'notation', ['standard', 'scientific', 'engineering', 'compact']) ?? 'standard';
  if (result.notation === 'scientific' || result.notation === 'engineering') host.unsupported(`Intl.NumberFormat with notation: ${result.notation}`);
  for (const [name, usual] of [['roundingMode', 'halfExpand'], ['roundingIncrement', '1'], ['trailingZeroDisplay', 'auto'], ['roundingPriority', 'auto']]) {
    if (input[name] !== undefined && `${input[name]}` !== usual) host.unsupported(`Intl.NumberFormat with ${name}: ${input[name]}`);
  }
  result.minimumIntegerDigits = digits(input, 'minimumIntegerDigits', 1, 21) ?? 1;
  let least = digits(input, 'minimumFractionDigits', 0, 100);
  let most = digits(input, 'maximumFractionDigits', 0, 100);
  const leastSignificant = digits(input, 'minimumSignificantDigits', 1, 21);
  const mostSignificant = digits(input, 'maximumSignificantDigits', leastSignificant ?? 1, 21);
  if (leastSignificant !== undefined || mostSignificant !== undefined) {
    result.minimumSignificantDigits = leastSignificant ?? 1;
    result.maximumSignificantDigits = mostSignificant ?? 21;
  } else if (result.notation !== 'compact' || least !== undefined || most !== undefined) {
    if (least !== undefined && most !== undefined && least > most) throw new RangeError('maximumFractionDigits value is out of range.');
    if (result.notation === 'compact') fraction = [0, 0];
    least ??= Math.min(fraction[0], most ?? fraction[0]);
    most ??= Math.max(fraction[1], least);
    result.minimumFractionDigits = least;
    result.maximumFractionDigits = most;
  }
  if (result.notation === 'compact') result.compactDisplay = option(input, 'compactDisplay', ['short', 'long']) ?? 'short';
  const grouping = input.useGrouping;
  const usual = result.notation === 'compact' ? 'min2' : 'auto';
  if (grouping === undefined) result.useGrouping = usual;
  else if (grouping === true) result.useGrouping = 'always';
  else if (grouping === false || grouping === null || grouping === 0 || grouping === '') result.useGrouping = false;
  else result.useGrouping = `${grouping}` === 'true' || `${grouping}` === 'false' ? usual : option(input, 'useGrouping', ['min2', 'auto', 'always']);
  result.signDisplay = option(input, 'signDisplay', ['auto', 'never', 'always', 'exceptZero', 'negative']) ?? 'auto';
  return result;
}

function numberParts(value, options) {
  let text;
  if (typeof value === 'bigint') {
    text = `${value}`;
  } else if (typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value)) {
    text = value.trim();
  } else {
    const number = Number(value);
    text = Object.is(number, -0) ? '-0' : `${number}`;
  }
  return partsOf(native.number(text, flatten(options)), 'Intl.NumberFormat');
}

class NumberFormatImpl {
  #locale;
  #options;
  #format;

  constructor(locales = undefined, options = undefined) {
    this.#locale = locale(locales, 'Intl.NumberFormat');
    this.#options = numberOptions(options);
    this.#format = (value) => joined(numberParts(value, this.#options));
    Object.defineProperty(this.#format, 'name', { value: '' });
  }

  static supportedLocalesOf(locales) { return supported(locales); }
  get format() { return this.#format; }
  formatToParts(value) { return numberParts(value, this.#options); }
  formatRange(start, end) {
    this.#options;
    host.unsupported('Intl.NumberFormat.formatRange');
  }
  resolvedOptions() {
    const { notation, compactDisplay, signDisplay, ...first } = this.#options;
    const compact = compactDisplay === undefined ? {} : { compactDisplay };
    return {
      locale: this.#locale, numberingSystem: 'latn', ...first, notation, ...compact, signDisplay,
      roundingMode: 'halfExpand', roundingIncrement: 1, trailingZeroDisplay: 'auto', roundingPriority: 'auto',
    };
  }
}

// Both may be called without `new`.
function callable(name, Impl) {
  const constructor = function (locales = undefined, options = undefined) {
    return Reflect.construct(Impl, [locales, options], new.target ?? constructor);
  };
  Object.defineProperty(constructor, 'name', { value: name, configurable: true });
  constructor.prototype = Impl.prototype;
  Object.defineProperty(constructor, 'prototype', { writable: false });
  Object.defineProperty(Impl.prototype, 'constructor', { value: constructor, writable: true, configurable: true });
  Object.defineProperty(Impl.prototype, Symbol.toStringTag, { value: `Intl.${name}`, configurable: true });
  Object.defineProperty(constructor, 'supportedLocalesOf', { value: Impl.supportedLocalesOf, writable: true, configurable: true });
  return constructor;
}

export const Intl = {};
Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl', configurable: true });
const member = (name, value) => Object.defineProperty(Intl, name, { value, writable: true, configurable: true });
member('DateTimeFormat', callable('DateTimeFormat', DateTimeFormatImpl));
member('NumberFormat', callable('NumberFormat', NumberFormatImpl));
for (const name of ['Collator', 'DisplayNames', 'ListFormat', 'Locale', 'PluralRules', 'RelativeTimeFormat', 'Segmenter', 'supportedValuesOf', 'getCanonicalLocales']) {
  Object.defineProperty(Intl, name, { configurable: true, get: () => host.unsupported(`Intl.${name}`) });
}

const dateMethod = (name, required, defaults) =>
  ({
    [name](locales = undefined, options = undefined) {
      const ms = thisTime.call(this);
      if (Number.isNaN(ms)) return 'Invalid Date';
      locale(locales, name);
      return joined(dateParts(ms, dateOptions(options, required, defaults)));
    },
  })[name];

const numberMethod = (unwrap) =>
  ({
    toLocaleString(locales = undefined, options = undefined) {
      const value = unwrap.call(this);
      locale(locales, 'toLocaleString');
      return joined(numberParts(value, numberOptions(options)));
    },
  }).toLocaleString;

/** Replaces the engine's methods, which know no options. */
export function patch() {
  const put = (proto, name, value) => {
    Object.defineProperty(value, 'length', { value: 0, configurable: true });
    Object.defineProperty(proto, name, { value, writable: true, configurable: true });
  };
  put(Date.prototype, 'toLocaleString', dateMethod('toLocaleString', 'any', 'all'));
  put(Date.prototype, 'toLocaleDateString', dateMethod('toLocaleDateString', 'date', 'date'));
  put(Date.prototype, 'toLocaleTimeString', dateMethod('toLocaleTimeString', 'time', 'time'));
  put(Number.prototype, 'toLocaleString', numberMethod(thisNumber));
  put(BigInt.prototype, 'toLocaleString', numberMethod(thisBigInt));
}
