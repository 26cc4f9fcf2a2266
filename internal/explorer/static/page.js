// The page without this script works by links and forms; with it, parts of the
// page are replaced in place, the slider moves through the days, and new events
// appear by themselves.
(() => {
  'use strict';

  const $ = (id) => document.getElementById(id);
  const dayMs = 24 * 60 * 60 * 1000;
  const textOf = (day) => new Date(day * dayMs).toISOString().slice(0, 10);
  const dayOf = (text) => Math.round(Date.parse(text + 'T00:00:00Z') / dayMs);

  // sayDay returns a day as it is read aloud: "1 July 2024".
  const sayDay = (text) => new Date(text + 'T00:00:00Z').toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

  // Where one stands on both axes of time, and where one came from.
  const shown = () => {
    const query = new URLSearchParams(location.search);
    return { on: query.get('on') || $('on').defaultValue, known: query.get('known') || '' };
  };
  const cameFrom = () => {
    const query = new URLSearchParams(location.search);
    const then = query.get('then') || query.get('known') || '';
    return { on: query.get('since') || '', known: then === 'all' ? '' : then };
  };

  // show fetches an address and puts what it has into the page. While one is
  // fetched, the last of those that are asked for waits, and takes its place. A
  // place in the browser's history that one of them was to have is not lost.
  let running = false;
  let waiting = null;
  let place = false; // whether the next that is shown has a place of its own
  let stale = false; // whether there is news of which nothing has been fetched

  async function show(address, how = {}) {
    place = place || Boolean(how.push);
    if (running) {
      waiting = [address, how];
      return;
    }
    running = true;
    stale = false;
    document.body.setAttribute('aria-busy', 'true');
    try {
      const response = await fetch(address.split('#')[0]);
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      if (!response.ok || !page.getElementById('view')) {
        refuse(page, address, response.status === 400 && !how.moving && !how.news);
        return;
      }
      const passing = Boolean(waiting && how.moving && waiting[1].moving); // the slider has gone on
      if (!waiting || passing) {
        if (place) history.pushState(null, '', address);
        else if (how.replace) history.replaceState(null, '', address);
        const pushed = place;
        place = false;
        swap(page, address, { ...how, push: pushed, passing });
        note('');
      }
    } catch {
      note(unreachable);
      restore();
    } finally {
      running = false;
      document.body.removeAttribute('aria-busy');
      if (waiting) {
        const next = waiting;
        waiting = null;
        show(...next);
      } else if (stale) {
        show(location.href, { news: true });
      }
    }
  }

  // refuse tells what is wrong: on the page of the fault, or beside what is shown.
  function refuse(page, address, leave) {
    if (leave) {
      location.assign(address);
      return;
    }
    const reason = page.querySelector('.problem');
    note('This view cannot be shown: ' + (reason ? reason.textContent : 'the server failed') + '. What is shown is as it was before.');
    restore();
  }

  const unreachable = 'The server does not answer. What is shown is as it was before.';

  // note says something that all should see; nothing takes it away.
  function note(text) {
    if ($('notice').textContent !== text) $('notice').textContent = text;
    $('notice').hidden = !text;
  }

  // What the fields for days have in the page that is shown.
  const days = ['on', 'known', 'on-slider', 'known-slider'];
  let shownFields = {};

  function remember(page) {
    for (const id of days) shownFields[id] = page.getElementById(id).value;
  }

  // restore puts the fields back to what is shown, unless more is asked for.
  function restore() {
    place = false;
    if (waiting) return;
    lastMove = 0;
    for (const id of days) {
      $(id).value = shownFields[id];
      if ($(id).hasAttribute('aria-valuetext')) $(id).setAttribute('aria-valuetext', sayDay(id.startsWith('on') ? shownFields.on : shownFields.known || shownFields.on));
    }
    $('known-switch').checked = Boolean(shownFields.known);
    $('known-slider').disabled = !shownFields.known;
  }

  // swap puts the parts of another page into this one; if it is one in passing,
  // the fields stay.
  function swap(page, address, how) {
    const active = document.activeElement;
    const nameOf = (link) => link.getAttribute('aria-label') || link.textContent;
    const mark = active && active !== document.body && { id: active.id, key: active.dataset.key, href: active.getAttribute('href'), name: nameOf(active) };
    const scrolled = $('chart-scroll') ? $('chart-scroll').scrollLeft : 0;
    for (const id of ['view', 'heading', 'kept']) {
      $(id).replaceChildren(...page.getElementById(id).childNodes);
    }
    for (const id of ['earlier', 'later']) {
      for (const name of ['href', 'title', 'aria-disabled']) {
        const value = page.getElementById(id).getAttribute(name);
        if (value === null) $(id).removeAttribute(name);
        else $(id).setAttribute(name, value);
      }
    }
    document.querySelector('footer').replaceChildren(...page.querySelector('footer').childNodes);
    document.title = page.title;
    document.body.dataset.generation = page.body.dataset.generation;
    if (!how.passing) swapFields(page, active, how);
    if ($('chart-scroll')) $('chart-scroll').scrollLeft = scrolled;
    showOn();
    const hash = address.split('#')[1];
    const target = hash && $(hash);
    if (target && how.push) {
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: 'nearest' });
    } else if (mark && document.activeElement === document.body) {
      const again = (mark.id && $(mark.id)) ||
        (mark.key && [...document.querySelectorAll('a')].find((a) => a.dataset.key === mark.key)) ||
        [...document.querySelectorAll('a')].find((a) => nameOf(a) === mark.name && a.getAttribute('href') === mark.href) ||
        [...document.querySelectorAll('main a')].find((a) => nameOf(a) === mark.name);
      (again || $('state')).focus({ preventScroll: true });
    }
    if (how.passing) return;
    const changed = document.querySelectorAll('#changes li').length;
    $('status').textContent = document.title + (changed ? ', ' + changed + (changed === 1 ? ' change' : ' changes') : '') + '.';
  }

  // swapFields puts what the fields of another page have into those of this one,
  // but for the one that is being changed.
  function swapFields(page, active, how) {
    remember(page);
    for (const id of [...days, 'source', 'q']) {
      const field = $(id);
      const from = page.getElementById(id);
      if (field.type === 'range') {
        field.min = from.min;
        field.max = from.max;
      }
      const value = from.value; // before its options are taken away
      if (field.tagName === 'SELECT') field.replaceChildren(...from.childNodes);
      if (field !== active || how.all || field.tagName === 'SELECT') field.value = value;
      if (field.hasAttribute('aria-valuetext')) field.setAttribute('aria-valuetext', from.getAttribute('aria-valuetext'));
    }
    $('known-slider').disabled = page.getElementById('known-slider').disabled;
    $('known-switch').checked = page.getElementById('known-switch').checked;
  }

  // showOn brings the line of the day into sight, if the chart is wider than the
  // screen.
  function showOn() {
    const scroll = $('chart-scroll');
    const line = scroll && scroll.querySelector('.line.on');
    if (!line || scroll.scrollWidth <= scroll.clientWidth) return;
    const x = line.getBoundingClientRect().left - scroll.getBoundingClientRect().left;
    if (x < 20 || x > scroll.clientWidth - 20) scroll.scrollLeft += x - scroll.clientWidth / 2;
  }

  // addressOf returns the address of what the form says, compared with where one
  // comes from.
  function addressOf(from) {
    const query = new URLSearchParams(new FormData($('form')));
    query.delete('since');
    query.delete('then');
    for (const [name, value] of [...query]) {
      if (!value) query.delete(name);
    }
    const learned = from.known !== (query.get('known') || '');
    if (from.on && (from.on !== query.get('on') || learned)) query.set('since', from.on);
    if (from.on && learned) query.set('then', from.known || 'all');
    return '/?' + query;
  }

  // Moving a slider is one step back in the browser's history, however many days
  // it goes through.
  let lastMove = 0;
  let from = {};

  function moved(slider, field) {
    const now = Date.now();
    const push = now - lastMove > 1500;
    if (push) from = shown();
    field.value = textOf(slider.value);
    slider.setAttribute('aria-valuetext', sayDay(field.value));
    show(addressOf(from), push ? { push: true, moving: true } : { replace: true, moving: true });
    lastMove = now;
  }

  // go shows what is asked for by other means than a slider.
  function go(address, how = {}) {
    lastMove = 0;
    clearTimeout(typed);
    show(address, { push: true, ...how });
  }

  let typed = 0;

  function setUp() {
    for (const e of document.querySelectorAll('form [hidden]')) e.hidden = false;
    document.body.classList.add('script');
    $('on-slider').addEventListener('input', () => moved($('on-slider'), $('on')));
    $('known-slider').addEventListener('input', () => moved($('known-slider'), $('known')));
    $('on').addEventListener('change', () => {
      if ($('on').value) go(addressOf(shown()));
    });
    $('known').addEventListener('change', () => go(addressOf(shown())));
    $('source').addEventListener('change', () => go(addressOf(shown())));
    $('known-switch').addEventListener('change', () => {
      $('known').value = $('known-switch').checked ? $('known').value || $('on').value : '';
      go(addressOf(shown()));
    });
    $('q').addEventListener('input', () => {
      clearTimeout(typed);
      typed = setTimeout(() => show(addressOf(cameFrom()), { replace: true }), 250);
    });
    $('form').addEventListener('submit', (event) => {
      event.preventDefault();
      go(addressOf(shown()));
    });
    document.addEventListener('click', follow);
    addEventListener('popstate', () => {
      place = false;
      lastMove = 0;
      show(location.href, { all: true });
    });
    document.addEventListener('visibilitychange', () => (document.hidden ? stopListening() : listen()));
    addEventListener('pagehide', stopListening);
    addEventListener('pageshow', (event) => {
      if (event.persisted) location.reload();
    });
    remember(document);
    listen();
    showOn();
  }

  // follow shows what a link of this page leads to.
  function follow(event) {
    const link = event.target.closest && event.target.closest('a');
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const href = link.getAttribute('href') || '';
    if (link.getAttribute('aria-disabled')) {
      event.preventDefault();
    } else if (href.startsWith('/?')) {
      event.preventDefault();
      go(href, { all: true });
    }
  }

  // listen hears of new generations of the history while the page can be seen:
  // browsers open only a few connections to a server.
  let news = null;

  function listen() {
    if (!window.EventSource || document.hidden || news) return;
    news = new EventSource('/live'); // it names the present generation at once
    news.addEventListener('generation', (event) => {
      if ($('notice').textContent === unreachable) note('');
      if (event.data === document.body.dataset.generation) return;
      if (running) stale = true; // what was asked for comes first
      else show(location.href, { news: true });
    });
  }

  function stopListening() {
    if (news) news.close();
    news = null;
  }

  setUp();
})();
