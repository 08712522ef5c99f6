// Runs in the frame: evaluates the hints of one challenge, one after the other, as freeCodeCamp's runner does.
'use strict';

globalThis.assert = chai.assert;

globalThis.evaluateHints = (() => {
  const TIME_LIMIT = 5000;

  // Each kind of block has its way to run. `eval` is direct, so blocks are strict and see what is in scope here.
  const evaluators = {
    // 2020 to 2025-03: the completion value is awaited, a function is called with `getUserInput`.
    async A($block, code) {
      const getUserInput = (name) => (name === 'url' ? code : '');
      const $value = await eval($block);
      if (typeof $value === 'function') await $value(getUserInput);
    },
    // 2025-03 to 2025-09: the same without `getUserInput`.
    async BC($block, code) {
      const $value = await eval($block);
      if (typeof $value === 'function') await $value();
    },
    // Since then: the body of an async function.
    async C($block, code) {
      await eval('(async () => {' + $block + ';\n})();');
    },
  };

  async function evaluate(dialect, block, url) {
    let timer;
    const limit = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('Test timed out')), TIME_LIMIT);
    });
    try {
      await Promise.race([evaluators[dialect](block, url), limit]);
      return { pass: true };
    } catch (error) {
      const isError = error instanceof Error || error instanceof DOMException || error instanceof chai.AssertionError;
      return { pass: false, name: isError ? error.name : null, message: isError ? error.message : show(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  function show(value) {
    try {
      return String(value);
    } catch {
      return '';
    }
  }

  return async (dialect, url, hints) => {
    const results = [];
    for (const block of hints) results.push(await evaluate(dialect, block, url));
    return results;
  };
})();
