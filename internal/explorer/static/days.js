// Days in the scripts of the page are numbers, as those of the server: how many have passed
// since 1 January 1970.
(() => {
  'use strict';

  const dayMs = 24 * 60 * 60 * 1000;
  const textOf = (day) => new Date(day * dayMs).toISOString().slice(0, 10);
  const dayOf = (text) => Math.round(Date.parse(text + 'T00:00:00Z') / dayMs);

  // sayDay returns a day as it is read aloud: "1 July 2024".
  const sayDay = (day) => new Date(day * dayMs).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

  window.explorer = { dayMs, textOf, dayOf, sayDay };
})();
