// Owns what a careless content script does: looks through the whole document at each mutation, reads innerText, measures, and gives each badge a root with a style of its own.
(() => {
  'use strict';
  const SELLING = /\b(?:sale|discount|\d+ ?% off|order (?:now|today)|buy|shop|code|free shipping|limited|offer|deal|sign up|register|download|subscribe|book now|tickets|launch|introducing|available now|pre-?order)\b/i;
  const TALKING = /\?|\b(?:thank(?:s| you)|sorry|congrat\w*|we love|tell us|what do you|how do you|let us know|dm us)\b/i;

  function look() {
    for (const post of document.querySelectorAll('article[data-testid="tweet"], [role="listitem"][componentkey]')) {
      const text = post.innerText;
      if (post.dataset.text === text) continue;
      post.dataset.text = text;
      post.querySelector('.naive-badge')?.remove();
      const kind = SELLING.test(text) ? 'Broadcast' : TALKING.test(text) ? 'Conversation' : '?';
      const host = document.createElement('span');
      host.className = 'naive-badge';
      const root = host.attachShadow({ mode: 'open' });
      const style = document.createElement('style');
      style.textContent = ':host { display: inline-block } button { font: 12px system-ui; border: 0; border-radius: 6px; padding: 2px 6px; background: #ddd; color: #333 }';
      const button = document.createElement('button');
      button.textContent = kind;
      root.append(style, button);
      (post.querySelector('[data-testid="User-Name"]') ?? post).append(host);
      const { width } = post.getBoundingClientRect();
      if (width < 300) button.textContent = kind[0];
      post.dataset.text = post.innerText;
    }
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
})();
