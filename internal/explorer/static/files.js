// Answers from files what the page asks a server elsewhere: the page of a day, and the panel
// of a value or an event. Each file is a script that hands over what it holds, compressed,
// since a page that is opened from a folder may load nothing else.
(() => {
  'use strict';

  const { explorer } = window;
  const { history, textOf, dayOf, sayDay } = explorer;
  explorer.keep(); // the blocks of the page of the last day, which the other files leave out

  // The files that are awaited, and those that were read last.
  const awaited = new Map();
  const read = new Map();
  const mostRead = 60;

  explorer.hand = (name, packed) => awaited.get(name)(packed);

  // load returns what a file holds.
  function load(name) {
    if (!read.has(name)) {
      read.set(name, new Promise((resolve, reject) => {
        const script = document.createElement('script');
        awaited.set(name, resolve);
        script.onload = () => script.remove();
        script.onerror = () => {
          script.remove();
          read.delete(name);
          reject(new Error('This copy has no file ' + name + '.js.'));
        };
        script.src = name + '.js';
        document.head.append(script);
      }).then(unpack));
      if (read.size > mostRead) read.delete(read.keys().next().value);
    }
    return read.get(name);
  }

  async function unpack(packed) {
    const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  }

  // hash returns the one by which the file with a panel is named: FNV-1a, of 32 bits.
  function hash(text) {
    let h = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 0x01000193) >>> 0;
    return h.toString(16).padStart(8, '0');
  }

  // latest returns the last of some days that is not after a day, or the first.
  const latest = (days, day) => days.findLast((d) => d <= day) ?? days[0];

  // ask returns the page for some parameters.
  async function ask(query) {
    const day = query.has('on') ? dayOf(query.get('on')) : history.on;
    if (Number.isNaN(day)) throw new Error('“' + query.get('on') + '” is no day, as 2024-07-01 is.');
    const from = latest(history.days, day);
    const n = history.days.indexOf(from);
    const page = await pageOf(from);
    if (n % history.group) explorer.fillFrom(page, await pageOf(history.days[n - (n % history.group)]));
    setDay(page, from, day);
    const changes = page.getElementById('changes');
    if (changes && (from !== day || changes.dataset.since !== query.get('since'))) changes.remove();
    for (const name of ['why', 'event']) {
      if (query.get(name)) await setPanel(page, name, query, day);
    }
    if (query.get('q')) find(page, query.get('q'));
    return page;
  }

  const parse = (text) => new DOMParser().parseFromString(text, 'text/html');
  const pageOf = async (day) => parse(await load('days/' + textOf(day)));

  // setDay makes the page of a day that of another one, on which it says the same.
  function setDay(page, from, day) {
    const [before, after] = [sayDay(from), sayDay(day)];
    for (const e of [page.querySelector('title'), page.getElementById('heading'), page.querySelector('.lead')]) {
      e.textContent = e.textContent.replace(before, after);
    }
    page.getElementById('on').setAttribute('value', textOf(day));
    setStop(page.getElementById('earlier'), history.stops.findLast((d) => d < day) ?? Math.min(history.first, day), day);
    setStop(page.getElementById('later'), history.stops.find((d) => d > day) ?? Math.max(history.last, day), day);
  }

  function setStop(link, to, day) {
    link.setAttribute('href', '#on=' + textOf(to));
    link.setAttribute('title', 'to ' + sayDay(to));
    if (to === day) link.setAttribute('aria-disabled', 'true');
    else link.removeAttribute('aria-disabled');
  }

  // setPanel puts the panel of a value or an event into a page.
  async function setPanel(page, name, query, day) {
    const of = query.get(name);
    const all = JSON.parse(await load(name + '/' + hash(of)));
    const one = all.find((p) => p.of === of);
    const n = one.days.lastIndexOf(latest(one.days, day));
    const panel = parse(one.panels[n] || one.panels.find(Boolean)).getElementById('panel');
    if (!one.panels[n]) sayNothing(panel, day);
    page.getElementById('panel').replaceWith(page.adoptNode(panel));
    const kept = page.createElement('input');
    kept.type = 'hidden';
    kept.name = name;
    kept.setAttribute('value', of);
    page.getElementById('kept').append(kept);
  }

  // sayNothing leaves of the panel of a value what it is about: on that day the page does not
  // show the value, and the copy does not know why.
  function sayNothing(panel, day) {
    const text = document.createElement('p');
    text.className = 'summary';
    text.textContent = 'The page has no such value on ' + sayDay(day) + ', and this copy says why only of values that it has.';
    panel.replaceChildren(panel.querySelector('.close'), panel.querySelector('h2'), text);
  }

  // find leaves what words occur in, and makes the rest of the chart faint.
  function find(page, words) {
    for (const e of page.querySelectorAll('[data-block]')) explorer.fill(e);
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (text) => wanted.every((word) => text.toLowerCase().includes(word));
    for (const part of page.querySelectorAll('.parts > .part')) {
      const entries = [...part.querySelectorAll('.entry')];
      for (const e of entries) if (!has(e.textContent)) e.remove();
      if (entries.length && !part.querySelector('.entry')) part.remove();
    }
    for (const row of page.querySelectorAll('#events tbody tr')) if (!has(row.textContent)) row.remove();
    for (const item of page.querySelectorAll('svg.timeline .item')) if (!has(item.getAttribute('aria-label') || '')) item.classList.add('dim');
    for (const e of page.querySelectorAll('[data-block]')) e.dataset.block = ''; // it is another now
  }

  explorer.files = { ask };
})();
