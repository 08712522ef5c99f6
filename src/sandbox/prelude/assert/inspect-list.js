// Writes a list of items into a limited number of characters, with `…(n)` for the n items that did not fit.

import { ELLIPSIS } from './inspect-text.js';

const SEPARATOR = ', ';

const omitted = (count) => ELLIPSIS + '(' + count + ')';

/**
 * Writes `count` items. `write(index, room)` gives an item's text and may use up some of `room.left`.
 *
 * An item is written one step ahead, with the room that was left before its predecessor was added: chai's messages
 * depend on that. The room that remains after the last step is the caller's to go on with.
 */
export const writeList = (count, room, write) => {
  if (count === 0) return '';
  const limit = room.left;
  const textOf = (index) => write(index, room) + (index === count - 1 ? '' : SEPARATOR);
  const makeRoom = (index, used) => {
    room.left = limit - used - (index === count - 1 ? 0 : SEPARATOR.length);
  };

  let written = '';
  makeRoom(0, 0);
  let item = textOf(0);
  for (let index = 0; ; index += 1) {
    if (index > 0) makeRoom(index, written.length);
    const after = count - index - 1;
    const withItem = written + item;
    const marker = omitted(count - index);

    if (after === 0) {
      const markerFits = written.length + marker.length <= limit;
      return withItem.length > limit && markerFits ? written + marker : withItem;
    }
    const tooLong = withItem.length + marker.length > limit;
    if (after > 1 && tooLong) return written + marker;

    const next = textOf(index + 1);
    const withNext = withItem.length + next.length;
    if (after === 1) {
      if (tooLong && withNext > limit) return written + marker;
    } else if (withNext >= limit) {
      return withItem + omitted(after);
    }
    written = withItem;
    item = next;
  }
};
