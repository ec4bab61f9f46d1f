// Owns one sin at a time: badges like a careless extension would, and does the one thing that the storage key `sin` names.
(() => {
  'use strict';
  const api = globalThis.browser ?? globalThis.chrome;
  const POSTS = 'article[data-testid="tweet"], [role="listitem"][componentkey*="FeedType_"]';
  const seen = new WeakSet();
  let sin = '';
  let loaded = false;

  const isAd = (post) => Boolean(post.closest('[data-testid="placementTracking"]')) || /Promoted|Anzeige/.test(post.textContent);
  const headOf = (post) => post.querySelector('[data-testid="User-Name"]') ?? post.querySelector('[componentkey] p') ?? post;

  function badge(post) {
    const host = document.createElement('span');
    const button = document.createElement('button');
    button.className = isAd(post) ? 'advert' : 'broadcast';
    button.setAttribute('aria-label', 'Villain');
    button.style.cssText = sin === 'grows' ? 'display:block;height:40px' : 'all:unset;height:0';
    host.attachShadow({ mode: 'closed' }).append(button);
    if (sin === 'named') host.id = 'kibitz-badge';
    headOf(post).append(host);
    if (sin === 'hides' || (sin === 'collapses' && isAd(post))) post.style.setProperty('display', 'none', 'important');
    if (sin === 'dirties') post.classList.add('touched');
    if (sin === 'noisy') console.error('villain');
  }

  function look() {
    for (const post of document.querySelectorAll(POSTS)) {
      if (seen.has(post) || sin === 'absent') continue;
      if (sin === 'blind' && isAd(post)) continue;
      seen.add(post);
      if (sin === 'late') setTimeout(() => badge(post), 200);
      else badge(post);
    }
    // Without end: badges once, on nodes, and never looks again at what they say.
    if (sin === 'deaf' && document.querySelector(POSTS)) observer.disconnect();
  }

  const observer = new MutationObserver(() => loaded && look());
  observer.observe(document, { childList: true, subtree: true });
  api.runtime.onMessage.addListener((message, _sender, reply) => {
    reply({ state: 'running', form: 'villain', report: null });
    return false;
  });
  api.storage.local.get('sin').then(({ sin: chosen }) => {
    sin = chosen ?? '';
    loaded = true;
    look();
    if (sin === 'talks') fetch('https://x.com/api/more?id=villain').catch(() => undefined);
    if (sin === 'keys') addEventListener('keydown', (event) => event.stopImmediatePropagation(), true);
    if (sin === 'named') document.documentElement.setAttribute('data-kibitz', api.runtime.getURL('icons/16.png'));
    if (sin === 'jumps') setInterval(() => document.body.style.setProperty('padding-top', `${(Date.now() / 50) % 90}px`), 50);
  });
})();
