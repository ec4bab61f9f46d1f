// Owns one sin at a time: labels and folds as a decent small extension would, and does the one wrong thing that the storage key `sin` names.
(() => {
  'use strict';
  const api = globalThis.browser ?? globalThis.chrome;
  const X = {
    post: 'article[data-testid="tweet"]', rowOf: (post) => post.closest('[data-testid="cellInnerDiv"]'), head: '[data-testid="User-Name"]',
    isBrand: (post) => Boolean(post.querySelector('[data-testid="Tweet-User-Avatar"] [style*="shape-square"]')),
    isPaid: (post) => Boolean(post.closest('[data-testid="placementTracking"]')),
    idOf: (post) => post.querySelector('a:has(> time)')?.getAttribute('href') ?? post.querySelector('[data-testid="tweetText"]')?.textContent,
  };
  const LINKEDIN = {
    post: '[role="listitem"][componentkey*="FeedType_"]', rowOf: (post) => post.parentElement, head: '.actor .who',
    isBrand: (post) => Boolean(post.querySelector('.actor > a[href*="/company/"]')),
    isPaid: (post) => [...post.querySelectorAll('.actor p')].some((it) => /^(Promoted|Anzeige|プロモーション|الترويج)$/.test(it.textContent.trim())),
    idOf: (post) => post.getAttribute('componentkey'),
  };
  /** Of any other site the checks tell it what they know themselves. */
  const told = ({ post, row, brand, paid }) => ({
    post, rowOf: (it) => it.closest(row) ?? it, head: 'villain-has-none', isBrand: (it) => new RegExp(brand, 'i').test(it.textContent), isPaid: (it) => new RegExp(paid).test(it.textContent), idOf: (it) => it.textContent,
  });
  let site = location.hostname === 'www.linkedin.com' ? LINKEDIN : X;
  const OPEN = { dim: ['opacity', '0.5'], hide: ['display', 'none'] };

  /** What was done for which post, to be taken back. */
  const done = new Map();
  const shown = new WeakSet();
  let sin = '';
  let adverts = 'off';
  let whose = 'brands';
  let isLoaded = false;

  /** A host with a closed root around `inside`. */
  function host(tag, inside) {
    const it = document.createElement(tag);
    it.attachShadow({ mode: 'closed' }).append(inside);
    return it;
  }

  function button(className, says, css) {
    const it = document.createElement('button');
    it.className = className;
    it.setAttribute('aria-label', says);
    it.style.cssText = css;
    return it;
  }

  function badge(post, isPaid) {
    const css = { grows: 'display:block;height:40px', outside: 'position:absolute;left:-300px', pale: 'color:#999;background:#888' }[sin] ?? 'all:unset;height:0';
    const it = host('span', button(isPaid && sin !== 'mild' ? 'advert' : 'broadcast', 'Villain', css));
    if (sin === 'named') it.id = 'kibitz-badge';
    (post.querySelector(site.head) ?? post).append(it);
    if (sin === 'twice') (post.querySelector(site.head) ?? post).append(host('span', button('broadcast', 'Villain', 'all:unset')));
    if (sin === 'dirties') post.classList.add('touched');
    if (sin === 'noisy') console.error('villain');
    return it;
  }

  function takeBack(entry) {
    for (const [element, property] of entry.styles ?? []) element.style.removeProperty(property);
    for (const [element] of entry.styles ?? []) if (element.getAttribute('style') === '') element.removeAttribute('style');
    entry.line?.remove();
    Object.assign(entry, { styles: [], line: null, mode: 'off' });
  }

  /** Takes a paid post out of the way as the settings say. */
  function arrange(post, entry, isPaid) {
    const mode = shown.has(post) || !(isPaid || sin === 'overdoes') ? 'off' : adverts;
    if (mode === (entry.mode ?? 'off') || sin === 'idle') return;
    takeBack(entry);
    entry.mode = mode;
    const put = (element, property, value) => {
      element.style.setProperty(property, value, 'important');
      entry.styles.push([element, property]);
    };
    if (OPEN[mode]) put(post, ...OPEN[mode]);
    if (mode !== 'fold') return;
    const row = site.rowOf(post);
    put(row.firstElementChild, 'display', 'none');
    const show = button('advert', 'Show', `display:block;height:${sin === 'tall' ? 60 : 30}px;width:100%`);
    show.addEventListener('click', (event) => {
      event.stopPropagation();
      if (sin === 'stubborn' || sin === 'mute') return;
      shown.add(post);
      takeBack(entry);
    });
    entry.line = host('span', show);
    entry.line.style.display = 'block';
    row.append(entry.line);
  }

  function look() {
    if (sin === 'absent') return;
    for (const post of document.querySelectorAll(site.post)) {
      const isPaid = sin === 'gullible' ? /Promoted|Sponsored|\bAd\b/.test(post.textContent) : site.isPaid(post);
      let entry = done.get(post);
      if (entry && sin !== 'sticky' && entry.id !== site.idOf(post)) {
        takeBack(entry);
        entry.badge?.remove();
        done.delete(post);
        entry = undefined;
      }
      if (!entry) {
        if (sin === 'blind' && isPaid) continue;
        if (!isPaid && !site.isBrand(post) && whose !== 'everyone' && !['everybody', 'overdoes'].includes(sin)) continue;
        entry = { id: site.idOf(post), styles: [] };
        done.set(post, entry);
        if (sin === 'late') setTimeout(() => { entry.badge = badge(post, isPaid); }, 200);
        else entry.badge = badge(post, isPaid);
        // In the frame after the one that showed it.
        if (sin === 'jumps') requestAnimationFrame(() => requestAnimationFrame(() => { entry.badge.style.cssText = 'display:block;height:90px'; }));
      } else if (!entry.badge?.isConnected && sin !== 'late') entry.badge = badge(post, isPaid);
      arrange(post, entry, isPaid);
    }
    // Badges what is there, and never looks again at what it says.
    if (sin === 'deaf' && document.querySelector(site.post)) observer.disconnect();
  }

  function leave() {
    for (const [post, entry] of done) {
      takeBack(entry);
      if (sin !== 'lingers') entry.badge?.remove();
      done.delete(post);
    }
  }

  function isOff(sites) {
    return Boolean(sites?.[location.hostname.replace(/^www\./, '')]?.off);
  }

  function take(settings) {
    adverts = settings?.adverts ?? 'off';
    whose = settings?.whose ?? 'brands';
  }

  const observer = new MutationObserver(() => isLoaded && look());
  observer.observe(document, { childList: true, subtree: true });
  api.runtime.onMessage.addListener((message, _sender, reply) => {
    if (message.kind === 'showAll' && sin !== 'stubborn') {
      for (const [post, entry] of done) {
        shown.add(post);
        takeBack(entry);
      }
    }
    const read = sin === 'miscounts' ? 0 : document.querySelectorAll(site.post).length;
    reply({ state: isLoaded ? 'running' : 'starting', form: 'villain', report: isLoaded ? { containers: read, read, judged: [0, 0, 0, 0], starved: false, health: null } : null });
    return false;
  });
  api.storage.onChanged.addListener((changes) => {
    if (changes.settings && sin !== 'stubborn') {
      take(changes.settings.newValue);
      look();
    }
    if (changes.sites) {
      isLoaded = !isOff(changes.sites.newValue);
      if (isLoaded) look();
      else leave();
    }
    if (changes.poke) throw new Error('villain');
  });
  api.storage.local.get(null).then(({ sin: chosen, settings, sites, site: facts }) => {
    sin = chosen ?? '';
    if (facts) site = told(facts);
    take(settings);
    if (isOff(sites)) return;
    isLoaded = true;
    look();
    if (sin === 'talks') fetch('https://x.com/api/more?id=villain').catch(() => undefined);
    if (sin === 'keys') addEventListener('keydown', (event) => event.stopImmediatePropagation(), true);
    if (sin === 'named') document.documentElement.setAttribute('data-kibitz', api.runtime.getURL('icons/16.png'));
    if (sin === 'remembers') api.storage.local.set({ seen: 1 });
  });
})();
