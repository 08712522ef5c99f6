'use strict';
// The page is complete without this: it finds, chooses and sorts the rows of the map.
(() => {
  const ask = document.getElementById('ask');
  if (!ask) return;
  const [find, show, sort, found] = ['find', 'show', 'sort', 'found'].map((id) => document.getElementById(id));
  const blocks = [...document.querySelectorAll('.map tbody')];
  const size = Math.max(1, blocks[0].rows.length);
  let rows;
  // Read when first needed, so that the page is there at once.
  const read = () => {
    rows ??= blocks.flatMap((block) => [...block.rows]).map((row, place) => {
      const texts = [row.cells[0], ...row.querySelectorAll('.o')].map((cell) => cell.textContent);
      return { row, place, id: texts[0], text: texts.join('\n').toLowerCase(), verdict: row.cells[1].textContent, passed: Number(row.cells[2].textContent) };
    });
    return rows;
  };
  const orders = {
    '': (a, b) => a.place - b.place,
    id: (a, b) => a.id.localeCompare(b.id, undefined, { numeric: true }) || a.place - b.place,
    least: (a, b) => a.passed - b.passed || a.place - b.place,
    most: (a, b) => b.passed - a.passed || a.place - b.place,
  };
  let sorted = '';
  const update = () => {
    const wanted = find.value.trim().toLowerCase();
    const all = read();
    let count = 0;
    for (const { row, text, verdict } of all) {
      row.hidden = !(text.includes(wanted) && (show.value === '' || verdict === show.value));
      if (!row.hidden) count += 1;
    }
    if (sort.value !== sorted) {
      sorted = sort.value;
      all.sort(orders[sorted]);
    }
    // Those in sight fill the first blocks: an empty block takes no room.
    const order = [...all.filter(({ row }) => !row.hidden), ...all.filter(({ row }) => row.hidden)];
    blocks.forEach((block, index) => {
      const part = order.slice(index * size, (index + 1) * size);
      block.replaceChildren(...part.map(({ row }) => row));
      block.hidden = part.every(({ row }) => row.hidden);
    });
    found.textContent = `${count} of ${all.length}`;
  };
  let waiting;
  find.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 150);
  });
  for (const choice of [show, sort]) choice.addEventListener('change', update);
  // A browser may remember what was asked before.
  for (const field of [find, show, sort]) field.value = '';
  ask.hidden = false;
})();
