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

for (const key of ownKeys(Native)) {
  const descriptor = getOwnPropertyDescriptor(Native, key);
  if (key !== 'prototype' || !descriptor.configurable) defineProperty(PageDate, key, descriptor);
}
PageDate.prototype = Native.prototype;
defineProperty(PageDate, 'prototype', { writable: false });
defineProperty(PageDate, 'now', {
  value: { now: () => floor(now()) }.now,
  writable: true,
  configurable: true,
  enumerable: false,
});
defineProperty(Native.prototype, 'constructor', { value: PageDate, writable: true, configurable: true, enumerable: false });

export { PageDate as Date };
