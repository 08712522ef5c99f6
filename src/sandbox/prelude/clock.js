// `Date` on the page's clock, which is further at each hint than at the one before.
import host from 'grade:host';

const { now } = host.api('clock');
const Native = Date;
const { construct, ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;
const { floor } = Math;

function PageDate(...parts) {
  if (new.target === undefined) return new Native(floor(now())).toString();
  const given = parts.length === 0 ? [floor(now())] : parts;
  return construct(Native, given, new.target);
}

// Name, length, statics, and the very prototype of the native one.
for (const key of ownKeys(Native)) defineProperty(PageDate, key, getOwnPropertyDescriptor(Native, key));
defineProperty(PageDate, 'now', {
  value: { now: () => floor(now()) }.now,
  writable: true,
  configurable: true,
  enumerable: false,
});
defineProperty(Native.prototype, 'constructor', { value: PageDate, writable: true, configurable: true, enumerable: false });

export { PageDate as Date };
