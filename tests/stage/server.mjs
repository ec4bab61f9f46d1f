//! Owns the local TLS server that plays the sites under their real host names, and the tunnel that leads Firefox to it; never leaves this machine.

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { art } from './art.mjs';
import { BY_HOST, policy } from './policies.mjs';

const HERE = import.meta.dirname;
const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml', '.json': 'application/json' };
const FILE_TYPES = { ...TYPES, '.wasm': 'application/wasm', '.bin': 'application/octet-stream' };

/** A self-signed certificate for this run; browsers of the harness accept any. */
function certificate() {
  const dir = mkdtempSync(join(tmpdir(), 'stage-cert-'));
  try {
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert, '-days', '2',
      '-subj', '/CN=stage', '-addext', 'subjectAltName=DNS:x.com,DNS:localhost'], { stdio: 'ignore' });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Every site of `sites/`: a module with `site = { hosts, assets, page(url, options), api(url, options) }`. */
async function loadSites() {
  const byHost = new Map();
  for (const file of readdirSync(join(HERE, 'sites')).filter((name) => name.endsWith('.mjs'))) {
    const { site, sites = [site] } = await import(`./sites/${file}`);
    for (const one of sites) for (const host of one.hosts) byHost.set(host, one);
  }
  return byHost;
}

/** An emoji as a picture, for sites that show emoji as `img`. */
function emoji(path) {
  const char = decodeURIComponent(path.slice('/emoji/'.length)).replace(/[<&]/g, '');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><text x="18" y="30" font-size="30" text-anchor="middle" font-family="Noto Color Emoji">${char}</text></svg>`;
}

/** The HTML document around a site's body. */
function shell({ title = '', lang = 'en', dir = 'ltr', scripts = [], styles = [], data, htmlAttributes = '', bodyAttributes = '' }, { nonce, meta }) {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html><html lang="${lang}" dir="${dir}" ${htmlAttributes}><head><meta charset="utf-8">` +
    (meta ? `<meta http-equiv="Content-Security-Policy" content="${meta.replaceAll('"', '&quot;')}">` : '') +
    `<meta name="viewport" content="width=device-width"><title>${title}</title>` +
    styles.map((path) => `<link rel="stylesheet" href="${path}">`).join('') +
    `<script type="application/json" id="boot">${json}</script></head><body ${bodyAttributes}>` +
    scripts.map((path) => `<script type="module" nonce="${nonce}" src="${path}"></script>`).join('') + '</body></html>';
}

/**
 * Starts the server and the tunnel on free ports.
 *
 * `set(options)` says how pages are served from now on (site options, `policy`, `pictures: false`, `saved: {url: html}`, `files: {host: {path: body}}`); `log` holds every request that reached
 * either port, and whether a page of the stage planned it; `close()` ends both.
 */
export async function startServer() {
  const sites = await loadSites();
  const log = [];
  const state = { options: {} };

  /** Answers one request of one site. */
  async function answer(request, response, nonce) {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const url = new URL(`https://${host}${request.url}`);
    // What a script asks for, rather than the document for its parts, is planned only when a page of the stage says that it asked.
    const isScripts = request.headers['sec-fetch-dest'] === 'empty';
    const entry = { host, path: url.pathname, url: url.href, planned: !isScripts || 'x-page' in request.headers || Boolean(state.options.files), at: log.length };
    log.push(entry);
    const { options } = state;
    const send = (status, type, body, headers = {}) => {
      response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers });
      response.end(body);
    };
    const rules = policy(options.policy ?? BY_HOST[host] ?? 'none');
    const headers = rules.header ? { 'content-security-policy': rules.header({ nonce, host }) } : {};
    const meta = rules.meta?.({ nonce, host });
    if (url.pathname === '/favicon.ico') return send(204, 'image/x-icon', '');
    if (url.pathname.startsWith('/emoji/')) return send(200, 'image/svg+xml', emoji(url.pathname));
    const picture = art(url.pathname);
    if (picture) return send(200, 'image/svg+xml', picture);
    const file = options.files?.[host]?.[url.pathname];
    if (file !== undefined) {
      // With these two the page's clock is fine enough to time single calls.
      const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
      response.writeHead(200, { 'content-type': FILE_TYPES[extname(url.pathname)] ?? 'text/html', ...isolated });
      return response.end(file);
    }
    const saved = options.saved?.[url.href];
    if (saved !== undefined) {
      const tag = meta ? `<meta http-equiv="Content-Security-Policy" content="${meta.replaceAll('"', '&quot;')}">` : '';
      return send(200, 'text/html', saved.replace(/<head[^>]*>/i, (head) => head + tag), headers);
    }
    const site = sites.get(host);
    if (site && url.pathname.startsWith('/assets/')) {
      const file = url.pathname.slice('/assets/'.length);
      if (/^[\w-]+\.(js|css|svg)$/.test(file)) return send(200, TYPES[extname(file)], readFileSync(join(HERE, 'sites', 'page', file)));
      if (/^rooms\/[\w-]+\.js$/.test(file)) return send(200, TYPES['.js'], readFileSync(join(HERE, 'sites', file)));
    }
    if (site && !options.saved) {
      if (url.pathname.startsWith('/api/')) return send(200, 'application/json', JSON.stringify(await site.api(url, options)));
      const page = site.page(url, options);
      if (page) return send(200, 'text/html', shell({ ...page, data: { ...page.data, pictures: options.pictures !== false } }, { nonce, meta }), headers);
    }
    entry.planned = false;
    return send(404, 'text/plain', 'not on this stage');
  }

  const server = https.createServer(certificate(), (request, response) => {
    answer(request, response, randomBytes(12).toString('base64url')).catch((error) => {
      response.writeHead(500);
      response.end(String(error));
      console.error(error);
    });
  });
  const tunnel = http.createServer((request, response) => {
    log.push({ host: request.headers.host, path: request.url, url: `http://${request.headers.host}${request.url}`, planned: false });
    response.writeHead(404);
    response.end();
  });
  const sockets = new Set();
  tunnel.on('connect', (request, socket) => {
    const up = net.connect(server.address().port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const [from, to] of [[socket, up], [up, socket]]) {
      sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => sockets.delete(from));
      from.pipe(to);
    }
  });
  const listen = (it) => new Promise((done) => it.listen(0, '127.0.0.1', done));
  await Promise.all([listen(server), listen(tunnel)]);

  return {
    port: server.address().port,
    tunnelPort: tunnel.address().port,
    log,
    sites,
    /** How pages are served from now on. */
    set: (options) => { state.options = options; },
    close() {
      server.closeAllConnections();
      tunnel.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      return Promise.all([server, tunnel].map((it) => new Promise((done) => it.close(done))));
    },
  };
}
