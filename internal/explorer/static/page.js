// The page without this script works by links and forms; with it, parts of the
// page are replaced in place, the slider moves through the days, and new events
// appear by themselves.
(() => {
  'use strict';

  const { dayMs, textOf, dayOf, sayDay, names, put, files } = window.explorer; // files answers if there is no server
  const $ = (id) => document.getElementById(id);

  // What is shown is in the address: its query, or if there is no server, what follows #.
  const asked = () => new URLSearchParams(files ? location.hash.slice(1) : location.search);
  const here = () => (files ? '/?' + location.hash.slice(1) : location.href);
  const placed = (address) => (files ? '#' + queryOf(address) : address);

  // queryOf returns the parameters in an address, as text.
  const queryOf = (address) => (address.startsWith('#') ? address.slice(1) : address.split('#')[0].split('?')[1] || '');

  // Where one stands on both axes of time, and where one came from.
  const shown = () => {
    const query = asked();
    return { on: query.get('on') || $('on').defaultValue, known: query.get('known') || '' };
  };
  const cameFrom = () => {
    const query = asked();
    const then = query.get('then') || query.get('known') || '';
    return { on: query.get('since') || '', known: then === 'all' ? '' : then };
  };

  // withWidth asks for a chart that is as wide as there is room.
  function withWidth(address) {
    const width = room();
    return width ? address + (address.includes('?') ? '&' : '?') + 'width=' + width : address;
  }

  // room returns how wide the chart may be.
  const room = () => ($('chart-scroll') ? Math.min(Math.max(Math.floor($('chart-scroll').clientWidth), 280), 2400) : 0);

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
      const { page, status } = await (files ? fromFiles(address) : fromServer(address, how.whole));
      if (status !== 200 || !page.getElementById('view')) {
        refuse(page, address, status === 400 && !how.moving && !how.news);
        return;
      }
      const passing = Boolean(waiting && how.moving && waiting[1].moving); // the slider has gone on
      if (!waiting || passing) {
        if (place) history.pushState(null, '', placed(address));
        else if (how.replace) history.replaceState(null, '', placed(address));
        const pushed = place;
        place = false;
        swap(page, address, { ...how, push: pushed, passing });
        note('');
        if (!how.whole && document.querySelector('[data-block]:empty')) waiting = waiting || [address, { ...how, push: false, whole: true }];
      }
    } catch (error) {
      note(files ? error.message + ' What is shown is as it was before.' : unreachable);
      restore();
    } finally {
      running = false;
      document.body.removeAttribute('aria-busy');
      if (waiting) {
        const next = waiting;
        waiting = null;
        show(...next);
      } else if (stale) {
        show(here(), { news: true });
      }
    }
  }

  async function fromServer(address, whole) {
    const response = await fetch(withWidth(address.split('#')[0]), { headers: { Have: whole ? '' : names().join(' ') } });
    return { page: new DOMParser().parseFromString(await response.text(), 'text/html'), status: response.status };
  }

  async function fromFiles(address) {
    return { page: await files.ask(new URLSearchParams(queryOf(address))), status: 200 };
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
  const days = ['on', 'known'];
  let shownFields = {};

  function remember(page) {
    for (const id of days) shownFields[id] = page.getElementById(id).value;
  }

  // restore puts the fields back to what is shown, unless more is asked for.
  function restore() {
    place = false;
    if (waiting) return;
    lastMove = 0;
    for (const id of days) $(id).value = shownFields[id];
    moveLine(shownFields.on);
    $('known-switch').checked = Boolean(shownFields.known);
    drawStrip();
  }

  // swap puts the parts of another page into this one; if it is one in passing,
  // the fields stay.
  function swap(page, address, how) {
    const active = document.activeElement;
    const nameOf = (link) => link.getAttribute('aria-label') || link.textContent;
    const mark = active && active !== document.body && { id: active.id, key: active.dataset.key, href: active.getAttribute('href'), name: nameOf(active) };
    const known = how.news && new Set([...document.querySelectorAll('#events [data-key]')].map((a) => a.dataset.key));
    unmarkNews();
    for (const id of ['view', 'rest', 'heading', 'kept', 'earlier', 'later']) put($(id), page.getElementById(id));
    put(document.querySelector('footer'), page.querySelector('footer'));
    document.title = page.title;
    if (files) moveLine(page.getElementById('on').getAttribute('value'));
    for (const name of ['generation', 'first', 'last']) document.body.dataset[name] = page.body.dataset[name];
    if (!how.passing) swapFields(page, address, active, how);
    fold();
    reveal($('view'));
    if (known && known.size) markNews(known);
    drawStrip();
    const hash = address.split('#')[1];
    const target = hash && $(hash);
    const back = !$('panel-heading') && opener && [...document.querySelectorAll('#view a, #rest a')].find((a) => a.getAttribute('href') === opener || a.getAttribute('href') === opener.split('#')[0]);
    if (target && how.push) {
      target.focus({ preventScroll: true });
      if (hash !== 'panel') target.scrollIntoView({ block: 'nearest' });
    } else if (back && how.close) {
      back.focus({ preventScroll: true });
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

  // unmarkNews takes the marks of events away that were new.
  function unmarkNews() {
    for (const e of document.querySelectorAll('.fresh')) e.classList.remove('fresh');
    for (const e of document.querySelectorAll('.badge.new')) e.remove();
  }

  // markNews marks the events that were not there before.
  function markNews(known) {
    for (const link of document.querySelectorAll('#events [data-key]')) {
      if (known.has(link.dataset.key) || link.closest('.date')) continue;
      link.closest('tr').classList.add('fresh');
      const badge = document.createElement('span');
      badge.className = 'badge new';
      badge.textContent = 'new';
      link.after(' ', badge);
    }
  }

  // swapFields puts what the fields of another page have into those of this one,
  // but for the one that is being changed.
  function swapFields(page, address, active, how) {
    remember(page);
    for (const id of [...days, 'q']) {
      const field = $(id);
      if (field !== active || how.all) field.value = page.getElementById(id).value;
    }
    put($('source'), page.getElementById('source'));
    $('source').value = new URLSearchParams(queryOf(address)).get('source') || '';
    $('known-switch').checked = page.getElementById('known-switch').checked;
    if ($('known').value) $('more').open = true;
    drawStrip();
  }

  // take returns the address to which a link leads from what is shown: it changes some
  // parameters of the view, and leaves the others. Another day is compared with this one.
  function take(link) {
    const to = new URLSearchParams(queryOf(link.getAttribute('href')));
    const query = asked();
    const changes = link.dataset.step.split(' ');
    query.set('on', shown().on);
    if (changes.includes('on') && !changes.includes('since')) {
      query.set('since', shown().on);
      query.delete('then');
    }
    for (const name of changes) {
      if (to.get(name)) query.set(name, to.get(name));
      else query.delete(name);
    }
    query.sort();
    const fragment = files ? (changes.includes('event') ? 'panel' : '') : link.getAttribute('href').split('#')[1];
    return '/?' + query + (fragment ? '#' + fragment : '');
  }

  // freshen makes a link say where it leads from what is shown, for who copies it.
  function freshen(event) {
    const link = event.target.closest && event.target.closest('a[data-step]');
    if (link && !document.body.classList.contains('embedded')) link.setAttribute('href', placed(take(link)));
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

  // Where days are on the strip, which is always all of them, and in the chart: pairs of a
  // day and where it begins.
  let overview = [];

  const parseAxis = (text) => (text || '').split(' ').filter(Boolean).map((pair) => pair.split(':').map(Number));
  const chartAxis = () => parseAxis($('rest').querySelector('svg.timeline')?.dataset.axis);
  const zoomed = () => asked().has('from') || asked().has('to');

  // xOf returns where a day begins on an axis, and dayAt which day is at a place.
  function xOf(axis, day) {
    let n = axis.findIndex((breakpoint) => breakpoint[0] > day);
    n = n < 0 ? axis.length - 1 : Math.max(n, 1);
    const [a, b] = [axis[n - 1], axis[n]];
    return a[1] + ((b[1] - a[1]) * (day - a[0])) / (b[0] - a[0]);
  }

  function dayAt(axis, x) {
    let n = axis.findIndex((breakpoint) => breakpoint[1] > x);
    n = n < 0 ? axis.length - 1 : Math.max(n, 1);
    const [a, b] = [axis[n - 1], axis[n]];
    const day = Math.floor(a[0] + ((b[0] - a[0]) * (x - a[1])) / (b[1] - a[1]));
    return Math.min(Math.max(day, axis[0][0]), axis[axis.length - 1][0] - 1);
  }

  // drawStrip draws the years, the part that the chart shows, and the handles of both days.
  function drawStrip() {
    const strip = $('strip');
    const axis = chartAxis();
    document.documentElement.style.setProperty('--header', document.querySelector('header').offsetHeight + 'px');
    if (axis.length < 2) return;
    if (!zoomed()) overview = axis;
    const ends = [Number(document.body.dataset.first), Number(document.body.dataset.last) + 1];
    if (overview.length < 2) overview = [[ends[0], axis[0][1]], [ends[1], axis[axis.length - 1][1]]];
    for (const e of strip.querySelectorAll('.year, .window')) e.remove();
    const first = new Date(overview[0][0] * dayMs).getUTCFullYear();
    const last = new Date((overview[overview.length - 1][0] - 1) * dayMs).getUTCFullYear();
    let free = 0;
    for (let year = first; year <= last; year++) {
      const x = xOf(overview, Math.max(Date.UTC(year, 0, 1) / dayMs, overview[0][0]));
      if (x < free) continue;
      free = x + 40;
      const e = document.createElement('span');
      e.className = 'year';
      e.textContent = year;
      e.style.left = x + 'px';
      strip.append(e);
    }
    if (zoomed()) {
      const e = document.createElement('span');
      e.className = 'window';
      const x = xOf(overview, Number($('rest').dataset.from));
      e.style.left = x + 'px';
      e.style.width = xOf(overview, Number($('rest').dataset.to) + 1) - x + 'px';
      strip.append(e);
    }
    placeHandle('on-slider', $('on').value);
    placeHandle('known-slider', $('known').value);
  }

  // placeHandle puts a handle at the end of a day, or takes it away if there is none.
  function placeHandle(id, text) {
    const handle = $(id);
    handle.hidden = !text;
    if (!text || overview.length < 2) return;
    const day = dayOf(text);
    handle.style.left = Math.min(Math.max(xOf(overview, day + 1), overview[0][1]), overview[overview.length - 1][1]) + 'px';
    handle.setAttribute('aria-valuemin', overview[0][0]);
    handle.setAttribute('aria-valuemax', overview[overview.length - 1][0] - 1);
    handle.setAttribute('aria-valuenow', day);
    handle.setAttribute('aria-valuetext', sayDay(dayOf(text)));
  }

  // moveLine moves the line of the day in the chart, and what is pale after it.
  function moveLine(text) {
    const svg = $('rest').querySelector('svg.timeline');
    const line = svg && svg.querySelector('.line.on');
    if (!line) return;
    const axis = chartAxis();
    const drawn = dayOf(text) >= axis[0][0] && dayOf(text) < axis[axis.length - 1][0];
    for (const e of svg.querySelectorAll('.line.on, .flag.on')) e.style.visibility = drawn ? '' : 'hidden';
    const x = Math.min(Math.max(xOf(axis, dayOf(text) + 1), axis[0][1]), axis[axis.length - 1][1]);
    const was = Number(line.getAttribute('d').match(/^M([\d.]+)/)[1]) + 0.8;
    line.setAttribute('d', line.getAttribute('d').replace(/^M[\d.]+/, 'M' + (x - 0.8)));
    const later = svg.querySelector('clipPath[id$="later"] rect');
    if (later) {
      later.setAttribute('x', x);
      later.setAttribute('width', Math.max(svg.width.baseVal.value - x, 0));
    }
    const flag = svg.querySelector('.flag.on');
    if (flag) {
      flag.textContent = 'on ' + sayDay(dayOf(text));
      const room = svg.width.baseVal.value - 6.5 * flag.textContent.length; // about: to measure it would lay all out
      flag.setAttribute('x', Math.min(Math.max(Number(flag.getAttribute('x')) + x - was, 2), room));
    }
  }

  // Moving a line is one step back in the browser's history, however many days it goes
  // through.
  let lastMove = 0;
  let from = {};

  function moved(field, day) {
    const text = textOf(day);
    if (text === field.value) return;
    const now = Date.now();
    const push = now - lastMove > 1500;
    if (push) from = shown();
    field.value = text;
    placeHandle(field.id + '-slider', text);
    if (field.id === 'on') moveLine(text); // at once; the rest follows
    show(addressOf(from), push ? { push: true, moving: true } : { replace: true, moving: true });
    lastMove = now;
  }

  // dragging moves the line of a field with the pointer that is pressed on an element, by
  // an axis of something else.
  function dragging(event, field, axis, of) {
    const move = (e) => moved(field, dayAt(axis(), e.clientX - of().getBoundingClientRect().left));
    const up = () => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', up);
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', up);
    event.preventDefault();
  }

  // stepped moves a line by the keyboard: a day, a month, a year, or to an end.
  function stepped(event, field) {
    const date = new Date(field.value + 'T00:00:00Z');
    const months = { ArrowUp: 1, ArrowDown: -1, PageUp: 12, PageDown: -12 }[event.key];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    let day = dayOf(field.value);
    if (step) day += step;
    else if (event.key === 'Home') day = overview[0][0];
    else if (event.key === 'End') day = overview[overview.length - 1][0] - 1;
    else if (months) {
      const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
      const length = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
      day = target.getTime() / dayMs + Math.min(date.getUTCDate(), length) - 1;
    } else return;
    event.preventDefault();
    moved(field, Math.min(Math.max(day, overview[0][0]), overview[overview.length - 1][0] - 1));
  }

  // zoomTo draws the chart from one day to another, or all of it.
  function zoomTo(first, last, how) {
    if (files) return; // each would be another picture
    const query = asked();
    const ends = [Number(document.body.dataset.first), Number(document.body.dataset.last)];
    first = Math.max(Math.round(first), ends[0]);
    last = Math.min(Math.round(last), ends[1]);
    if (last - first < 20) return;
    if (first === ends[0] && last === ends[1]) {
      query.delete('from');
      query.delete('to');
    } else {
      query.set('from', textOf(first));
      query.set('to', textOf(last));
    }
    if (!query.has('on')) query.set('on', $('on').value);
    go('/?' + query, how);
  }

  // zoomBy zooms by a factor around a day.
  let lastZoom = 0;

  function zoomBy(factor, day) {
    const now = Date.now();
    if (now - lastZoom < 120) return;
    const push = now - lastZoom > 1500;
    lastZoom = now;
    const [first, last] = [Number($('rest').dataset.from), Number($('rest').dataset.to)];
    zoomTo(day - (day - first) * factor, day + (last - day) * factor, push ? {} : { push: false, replace: true });
  }

  // onStrip goes to the day that is chosen on the strip, or zooms to the days that are
  // marked on it.
  function onStrip(event) {
    if (event.target.closest('.handle') || event.button) return;
    const strip = $('strip');
    const left = strip.getBoundingClientRect().left;
    const start = event.clientX - left;
    const mark = document.createElement('span');
    mark.className = 'window';
    const move = (e) => {
      const x = e.clientX - left;
      mark.style.left = Math.min(start, x) + 'px';
      mark.style.width = Math.abs(x - start) + 'px';
      if (!mark.isConnected && Math.abs(x - start) > 6) strip.append(mark);
    };
    const up = (e) => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      const marked = mark.isConnected;
      mark.remove();
      const [a, b] = [start, e.clientX - left].sort((x, y) => x - y).map((x) => dayAt(overview, x));
      if (marked) zoomTo(a, b);
      else goToDay(b);
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    event.preventDefault();
  }

  function goToDay(day) {
    const before = shown();
    $('on').value = textOf(day);
    go(addressOf(before));
  }

  // inChart says where in the chart a pointer is, if the chart has days there.
  function inChart(event) {
    const svg = event.target.closest && event.target.closest('svg.timeline');
    const axis = chartAxis();
    if (!svg || axis.length < 2) return null;
    const x = event.clientX - svg.getBoundingClientRect().left;
    if (x < axis[0][1] || x > axis[axis.length - 1][1]) return null;
    return { x, day: dayAt(axis, x), axis, svg };
  }

  // onChart takes hold of a line of the chart.
  function onChart(event) {
    held = false;
    const at = inChart(event);
    if (!at || event.button) return;
    for (const id of ['on', 'known']) {
      if (!$(id).value) continue;
      const x = xOf(at.axis, dayOf($(id).value) + 1);
      if (Math.abs(x - at.x) < 6 && !event.target.closest('a')) {
        dragging(event, $(id), chartAxis, () => $('rest').querySelector('svg.timeline'));
        held = true;
        return;
      }
    }
  }

  let held = false; // a line was taken hold of, and what follows is no click

  // Playing goes from change to change.
  let playing = 0;

  function play() {
    if (playing) {
      stopPlaying();
      return;
    }
    $('play').setAttribute('aria-pressed', 'true');
    $('play').textContent = 'Stop';
    let first = true;
    const next = () => {
      if ($('later').getAttribute('aria-disabled')) {
        stopPlaying();
        return;
      }
      if (!running) {
        show($('later').getAttribute('href'), first ? { push: true, all: true } : { replace: true, all: true });
        first = false;
      }
      playing = setTimeout(next, 1200);
    };
    next();
  }

  function stopPlaying() {
    clearTimeout(playing);
    playing = 0;
    $('play').setAttribute('aria-pressed', 'false');
    $('play').textContent = 'Play';
  }

  // compareWith shows what changed since a day.
  function compareWith(text) {
    const query = asked();
    if (!query.has('on')) query.set('on', $('on').value);
    query.delete('then');
    if (text) query.set('since', text);
    else query.delete('since');
    go('/?' + query, { all: true });
  }

  // typedDay shows the day that is typed once it is all there: while a year is typed, it
  // begins with others.
  let typedTimer = 0;
  const whole = (text) => Number(text.slice(0, 4)) >= 1000;

  function typedDay(field, then) {
    clearTimeout(typedTimer);
    if (field.value && !whole(field.value)) return;
    typedTimer = setTimeout(then, 500);
  }

  // go shows what is asked for by other means than a slider.
  function go(address, how = {}) {
    lastMove = 0;
    clearTimeout(typed);
    show(address, { push: true, ...how });
  }

  let typed = 0;

  function setUp() {
    reveal(document);
    document.body.classList.add('script');
    for (const [id, name] of [['on-slider', 'Day'], ['known-slider', 'Day of knowledge']]) {
      const handle = document.createElement('button');
      handle.type = 'button';
      handle.id = id;
      handle.className = 'handle';
      handle.setAttribute('role', 'slider');
      handle.setAttribute('aria-label', name);
      const field = $(id.replace('-slider', ''));
      handle.addEventListener('pointerdown', (event) => {
        handle.focus();
        dragging(event, field, () => overview, () => $('strip'));
      });
      handle.addEventListener('keydown', (event) => stepped(event, field));
      $('strip').append(handle);
    }
    $('strip').hidden = false;
    $('strip').addEventListener('pointerdown', onStrip);
    document.addEventListener('pointerdown', onChart);
    document.addEventListener('wheel', (event) => {
      const at = event.ctrlKey && inChart(event);
      if (!at) return;
      event.preventDefault();
      zoomBy(event.deltaY > 0 ? 1.5 : 1 / 1.5, at.day);
    }, { passive: false });
    $('on').addEventListener('input', () => typedDay($('on'), () => {
      if ($('on').value) go(addressOf(shown()));
    }));
    $('known').addEventListener('input', () => typedDay($('known'), () => go(addressOf(shown()))));
    $('source').addEventListener('change', () => go(addressOf(shown())));
    $('play').addEventListener('click', play);
    $('compare').addEventListener('change', () => {
      if (!$('compare').value || whole($('compare').value)) compareWith($('compare').value);
    });
    $('preset').addEventListener('change', () => {
      if ($('preset').value) compareWith(($('compare').value = $('preset').value));
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        if (playing) stopPlaying();
        else document.querySelector('#panel .close')?.click();
      } else if (event.target.id === 'chart-scroll' && (event.key === '+' || event.key === '-')) {
        zoomBy(event.key === '-' ? 1.5 : 1 / 1.5, dayOf($('on').value));
      }
    });
    let resized = 0;
    addEventListener('resize', () => {
      clearTimeout(resized);
      resized = setTimeout(fit, 200);
    });
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
    document.addEventListener('pointerover', freshen);
    document.addEventListener('focusin', freshen);
    addEventListener('popstate', () => {
      place = false;
      lastMove = 0;
      show(here(), { all: true });
    });
    document.addEventListener('visibilitychange', () => (document.hidden ? stopListening() : listen()));
    addEventListener('pagehide', stopListening);
    addEventListener('pageshow', (event) => {
      if (event.persisted) location.reload();
    });
    remember(document);
    if (files && location.hash.includes('=')) show(here(), { all: true });
    listen();
    drawStrip();
    fold();
    fit();
    document.addEventListener('toggle', (event) => {
      const id = event.target.classList.contains('fold') && event.target.querySelector('summary > [id]').id;
      if (id && event.target.open) opened.add(id);
      else if (id) opened.delete(id);
    }, true);
  }

  // fit fetches the chart anew if it is much narrower or wider than there is room.
  function fit() {
    const svg = $('rest').querySelector('svg.timeline');
    if (!files && svg && Math.abs(svg.width.baseVal.value - room()) > 40) show(here(), { news: true });
    else drawStrip();
  }

  // The address of what opened the panel, to which the focus goes back.
  let opener = '';

  // fold leaves only the first parts of the state open on a small screen, and those that were
  // opened; what is looked for stays open.
  const opened = new Set(['state-stakes', 'state-models']);

  function fold() {
    if (!matchMedia('(max-width: 640px)').matches) return;
    for (const part of document.querySelectorAll('.fold')) part.open = Boolean($('q').value) || opened.has(part.querySelector('summary > [id]').id);
  }

  // unfold opens the part that an address within the page leads to.
  function unfold(id) {
    const part = $(id) && $(id).closest('.fold');
    if (part) part.open = true;
  }

  // reveal shows what does something only with this script.
  function reveal(part) {
    for (const e of part.querySelectorAll('.js[hidden]')) e.hidden = false;
  }

  // savePNG saves the chart as a picture of points, twice as fine as on the screen.
  async function savePNG() {
    try {
      const response = await fetch(withWidth($('svg').getAttribute('href')));
      const image = new Image();
      image.src = 'data:image/svg+xml,' + encodeURIComponent(await response.text());
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth * 2;
      canvas.height = image.naturalHeight * 2;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      const link = document.createElement('a');
      link.download = $('svg').download.replace(/svg$/, 'png');
      link.href = canvas.toDataURL('image/png');
      link.click();
    } catch {
      note('The picture could not be drawn; take it as SVG.');
    }
  }

  // copyLink copies the address of what is shown.
  async function copyLink() {
    try {
      await navigator.clipboard.writeText(location.href);
      $('status').textContent = 'The link is copied.';
      $('link').textContent = 'Copied';
    } catch {
      note('The browser does not let the link be copied: ' + location.href);
    }
  }

  // follow shows what a link of this page leads to; a click beside what is drawn in the
  // chart leads to that day.
  function follow(event) {
    const wasHeld = held;
    held = false;
    const link = event.target.closest && event.target.closest('a');
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (playing && !event.target.closest('#play')) stopPlaying();
    if (event.target.closest('#png')) savePNG();
    if (event.target.closest('#link')) copyLink();
    if (!link) {
      const at = !wasHeld && inChart(event);
      if (at) goToDay(at.day);
      return;
    }
    let href = link.getAttribute('href') || '';
    if (href.startsWith('#')) unfold(href.slice(1));
    if (link.getAttribute('aria-disabled')) {
      event.preventDefault();
    } else if ('step' in link.dataset && !document.body.classList.contains('embedded')) {
      event.preventDefault();
      href = take(link);
      const close = Boolean(link.closest('#panel') && link.classList.contains('close'));
      if (href.endsWith('#panel') && !link.closest('#panel')) {
        opener = href;
        document.documentElement.style.setProperty('--at', Math.max(link.getBoundingClientRect().top - 20, 16) + 'px');
      }
      go(href, { all: true, close });
    }
  }

  // listen hears of new generations of the history while the page can be seen:
  // browsers open only a few connections to a server.
  let news = null;

  function listen() {
    if (files || !window.EventSource || document.hidden || news) return;
    news = new EventSource('/live'); // it names the present generation at once
    news.addEventListener('generation', (event) => {
      if ($('notice').textContent === unreachable) note('');
      if (event.data === document.body.dataset.generation) return;
      if (running) stale = true; // what was asked for comes first
      else show(here(), { news: true });
    });
  }

  function stopListening() {
    if (news) news.close();
    news = null;
  }

  setUp();
})();
