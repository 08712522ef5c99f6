'use strict';
// The page is complete without this: it adds a button that unfolds everything, and opens what a link points at.
(() => {
  const button = document.getElementById('unfold');
  const all = document.querySelectorAll('.hs details');
  if (button && all.length > 0) {
    let open = false;
    button.hidden = false;
    button.addEventListener('click', () => {
      open = !open;
      for (const details of all) details.open = open;
      button.textContent = open ? 'Fold all details' : 'Unfold all details';
    });
  }
  const show = () => {
    const target = document.getElementById(location.hash.slice(1));
    const details = target && target.matches('.h') && target.querySelector('details');
    if (details) details.open = true;
  };
  addEventListener('hashchange', show);
  show();
})();
