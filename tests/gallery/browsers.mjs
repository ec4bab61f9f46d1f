// Owns the gallery's server and browsers; never judges what they show.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const here = fileURLToPath(new URL(".", import.meta.url));
export const root = join(here, "../..");
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };
const FOLDERS = { pkg: join(root, "target/gallery/pkg"), words: join(root, "extension/_locales/en") };

/** Serves the gallery on a free port of this machine; gives its address and a way to end it. */
export async function serve() {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://gallery").pathname;
    const [, first, ...rest] = path.split("/");
    const file = path === "/words/en.json" ? join(FOLDERS.words, "messages.json")
      : FOLDERS[first] ? join(FOLDERS[first], ...rest)
      : join(here, path === "/" ? "index.html" : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, { "content-type": `${TYPES[extname(file)] ?? "text/plain"}; charset=utf-8` }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { address: `http://127.0.0.1:${server.address().port}/`, end: () => server.close() };
}

/** Starts "chromium" or "firefox", without a window. */
export function launch(name) {
  if (name === "firefox") {
    const preferences = { "layout.css.devPixelsPerPx": "-1.0" };
    return puppeteer.launch({ browser: "firefox", executablePath: "/usr/bin/firefox-esr", headless: true, extraPrefsFirefox: preferences });
  }
  return puppeteer.launch({ executablePath: "/usr/bin/chromium", headless: true, args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"] });
}

/** Opens a scene and waits until it stands. */
export async function open(page, address, query) {
  await page.goto(`${address}?${new URLSearchParams(query)}`);
  await page.waitForSelector("html[data-ready]", { timeout: 20000 });
}

/** Presses a control of the dialog or the toast as a reader does. */
export async function press(page, does) {
  const middle = await page.evaluate((name) => {
    const found = [...globalThis.record.hosts].map((host) => host.shadowRoot?.querySelector(`[data-do=${name}]`)).find(Boolean);
    found.scrollIntoView({ block: "nearest" });
    const { left, top, width, height } = found.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  }, does);
  await page.mouse.click(...middle);
}
