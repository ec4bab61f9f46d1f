//! Owns the drawn pictures of the demo feed (avatars, photos); gradients and simple shapes only, no assets.

const svg = (size, body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" preserveAspectRatio="xMidYMid slice">${body}</svg>`;
const esc = (text) => text.replace(/[<&"]/g, (char) => ({ '<': '&lt;', '&': '&amp;', '"': '&quot;' })[char]);

/** An organisation's mark: a form on a deep ground. */
function mark(hue, form, letter) {
  const ground = `<defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue} 62% 44%)"/><stop offset="1" stop-color="hsl(${(hue + 38) % 360} 68% 28%)"/></linearGradient></defs><rect width="96" height="96" fill="url(#g)"/>`;
  const forms = [
    '<circle cx="48" cy="48" r="24" fill="none" stroke="#fff" stroke-width="9"/><circle cx="48" cy="48" r="7" fill="#fff"/>',
    '<path d="M22 66 48 22l26 44z" fill="none" stroke="#fff" stroke-width="8" stroke-linejoin="round"/>',
    '<g fill="#fff"><rect x="24" y="46" width="11" height="26" rx="3"/><rect x="42" y="34" width="11" height="38" rx="3"/><rect x="60" y="24" width="11" height="48" rx="3"/></g>',
    '<path d="M24 60c10-30 38-30 48 0M32 70c8-20 24-20 32 0" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round"/>',
  ];
  const letters = `<text x="48" y="64" font-family="system-ui,sans-serif" font-size="46" font-weight="700" fill="#fff" text-anchor="middle">${esc(letter)}</text>`;
  return svg('96 96', ground + (forms[form] ?? letters));
}

/** A person: head and shoulders against a soft ground. */
function face(hue, form) {
  const skin = ['#f1c9a5', '#c98f66', '#8d5a3b', '#e0ac84'][form % 4];
  const hair = ['#3a2a20', '#161315', '#7a4a1e', '#bfb7ae'][(form + 1) % 4];
  return svg('96 96', `<rect width="96" height="96" fill="hsl(${hue} 46% 78%)"/><circle cx="48" cy="112" r="42" fill="hsl(${(hue + 150) % 360} 34% 42%)"/><rect x="40" y="54" width="16" height="20" rx="8" fill="${skin}"/>` +
    `<circle cx="48" cy="42" r="19" fill="${skin}"/><path d="M27 42c0-30 42-30 42 0-6-12-12-15-21-15s-15 3-21 15z" fill="${hair}"/>`);
}

/** A photo: an invented landscape. */
function scene(hue, form) {
  const at = (turn, s, l) => `hsl(${(hue + turn) % 360} ${s}% ${l}%)`;
  const sky = `<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="${at(0, 46, 66)}"/><stop offset="1" stop-color="${at(40, 60, 88)}"/></linearGradient></defs><rect width="640" height="360" fill="url(#s)"/>`;
  const lands = [
    `<circle cx="470" cy="110" r="44" fill="${at(50, 90, 92)}"/><path d="M0 250 130 130l90 90 110-140 180 190 130-70v160H0z" fill="${at(10, 35, 42)}"/><path d="M0 300 200 220l160 60 280-70v150H0z" fill="${at(20, 38, 28)}"/>`,
    `<circle cx="320" cy="200" r="80" fill="${at(50, 92, 80)}"/><path d="M0 220c80-20 160 20 240 0s160-20 240 0 120 10 160 0v140H0z" fill="${at(-20, 46, 44)}"/><path d="M0 270c90-18 150 18 240 0s160-18 240 0 110 8 160 0v90H0z" fill="${at(-16, 50, 32)}"/>`,
    `<g fill="${at(14, 26, 30)}"><rect x="40" y="140" width="80" height="220"/><rect x="140" y="90" width="100" height="270"/><rect x="270" y="170" width="70" height="190"/><rect x="360" y="60" width="96" height="300"/><rect x="480" y="150" width="120" height="210"/></g><g fill="${at(50, 90, 78)}"><rect x="160" y="120" width="16" height="20"/><rect x="200" y="160" width="16" height="20"/><rect x="384" y="100" width="16" height="20"/><rect x="416" y="180" width="16" height="20"/><rect x="520" y="190" width="16" height="20"/></g>`,
    `<path d="M0 240h640v120H0z" fill="${at(90, 24, 46)}"/><g fill="${at(110, 34, 30)}"><path d="M90 250l50-120 50 120zM210 262l64-160 64 160zM372 250l44-104 44 104zM480 264l60-140 60 140z"/></g><path d="M0 300c140-40 300 20 640-24v84H0z" fill="${at(96, 26, 58)}"/>`,
  ];
  return svg('640 360', sky + lands[form % lands.length]);
}

/** The picture at `/art/{kind}/{hue}/{form}/{letter}.svg`; none for another path. */
export function art(path) {
  const [, kind, hue, form, letter = ''] = /^\/art\/(mark|face|scene)\/(\d+)\/(\d+)\/?([^/]*?)\.svg$/.exec(decodeURIComponent(path)) ?? [];
  if (!kind) return null;
  return { mark, face, scene }[kind](Number(hue), Number(form), letter || 'K');
}
