// Puts a page into the one that is shown: what is the same in both is not touched, so that
// the focus, what is open and the places that were scrolled to stay, and little is drawn anew.
//
// Elements with the attribute data-block are named by what they hold. One that is empty in
// the new page holds what the one with its name does in the page that is shown.
(() => {
  'use strict';

  // names returns those of the blocks of the page that is shown, of which a request can name
  // only so many.
  const names = () => [...new Set([...document.querySelectorAll('[data-block]')].map((e) => e.dataset.block))].slice(0, 1000);

  // put makes an element what another one is. A block stays empty if what it holds is nowhere.
  function put(old, next) {
    shown = new Map();
    for (const e of document.querySelectorAll('[data-block]')) shown.set(e.dataset.block, e);
    morph(old, next);
  }

  // The elements of the blocks that were shown before, and those that are kept whatever is.
  let shown = new Map();
  const kept = new Map();

  // keep keeps the blocks that are shown now.
  function keep() {
    for (const e of document.querySelectorAll('[data-block]')) kept.set(e.dataset.block, e.cloneNode(true));
  }

  // fillFrom puts what is left out of the blocks of a page into them, as far as another page
  // has it.
  function fillFrom(page, other) {
    const has = new Map();
    for (const e of other.querySelectorAll('[data-block]')) if (e.hasChildNodes()) has.set(e.dataset.block, e);
    for (const e of page.querySelectorAll('[data-block]')) {
      const same = !e.hasChildNodes() && has.get(e.dataset.block);
      if (same) e.append(...same.cloneNode(true).childNodes);
    }
  }

  // fill puts what is left out of a block into it, if that is somewhere.
  function fill(block) {
    if (block.hasChildNodes()) return;
    const name = block.dataset.block;
    const same = [shown.get(name), kept.get(name)].find((e) => e && e.dataset.block === name && e.hasChildNodes());
    if (same) block.append(...same.cloneNode(true).childNodes);
  }

  function morph(old, next) {
    if (old.dataset.block && old.dataset.block === next.dataset.block && old.hasChildNodes()) return;
    if (next.dataset.block) fill(next);
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) !== value && !byReader(old, name)) old.setAttribute(name, value);
    }
    for (const { name } of [...old.attributes]) {
      if (!next.hasAttribute(name) && !byReader(old, name)) old.removeAttribute(name);
    }
    morphChildren(old, next);
  }

  // byReader reports whether an attribute is what the reader or the script made it.
  const byReader = (e, name) => (name === 'open' && e.localName === 'details') || (name === 'hidden' && e.classList.contains('js'));

  // keyOf returns by what an element is known among its neighbours; nothing if by its place.
  function keyOf(e) {
    if (e.nodeType !== Node.ELEMENT_NODE) return '';
    if (e.firstElementChild && e.firstElementChild.localName === 'dt') return 'dt ' + e.firstElementChild.textContent;
    return e.dataset.key || e.id || (e.getAttribute('role') === 'group' && e.getAttribute('aria-label')) || '';
  }

  function morphChildren(old, next) {
    const byKey = new Map();
    for (const e of old.children) if (keyOf(e)) byKey.set(keyOf(e), e);
    const used = new Set();
    let at = old.firstChild; // before it all is done
    for (const wanted of [...next.childNodes]) {
      const key = keyOf(wanted);
      let found = key ? byKey.get(key) : at;
      while (!key && found && (keyOf(found) || used.has(found))) found = found.nextSibling;
      if (!found || used.has(found) || found.nodeName !== wanted.nodeName) {
        if (wanted.nodeType === Node.ELEMENT_NODE) for (const e of [wanted, ...wanted.querySelectorAll('[data-block]')]) if (e.dataset.block) fill(e);
        old.insertBefore(wanted, at);
        used.add(wanted);
        continue;
      }
      used.add(found);
      if (found === at) at = at.nextSibling;
      else old.insertBefore(found, at);
      while (at && used.has(at)) at = at.nextSibling;
      if (found.nodeType === Node.ELEMENT_NODE) morph(found, wanted);
      else if (found.nodeValue !== wanted.nodeValue) found.nodeValue = wanted.nodeValue;
    }
    for (const e of [...old.childNodes]) if (!used.has(e)) e.remove();
  }

  Object.assign(window.explorer, { names, put, keep, fill, fillFrom });
})();
