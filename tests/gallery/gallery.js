// Owns the gallery page: a feed of invented posts in the manner of two networks, and every component on it, in open roots.
import init, { Gallery } from "/pkg/kibitz.js";

const asked = new URLSearchParams(location.search);
const network = asked.get("network") ?? "x";
const scene = asked.get("scene") ?? "feed";
const isOpen = asked.get("open") !== "no";

/** Evidence is given as words here and turned into offsets below. */
const POSTS = [
  { name: "Harbour Books", handle: "harbourbooks", time: "2h", hue: 160, kind: "conversation", intent: "ask", confidence: 0.97,
    text: "Tea people: milk first or last? We can't agree in the shop, and the kettle is on. Tell us how your grandmother did it 🫖",
    phrases: ["Tell us", "milk first or last?"], against: [], fit: 1, seen: 41, talked: 25 },
  { name: "Northwind Outdoor Equipment & Co.", handle: "northwind_outdoor", time: "5h", hue: 30, kind: "broadcast", intent: "event", confidence: 0.88,
    text: "Tonight at eight: our founder talks about the making of the Ridge tent. Watch it live on our channel.",
    phrases: ["Watch it live", "Tonight at eight"], against: ["talks about"], fit: 0, seen: 12, talked: 2 },
  { name: "Lumen Audio", handle: "lumenaudio", time: "Nov 20", hue: 345, kind: "advert", intent: "offer", confidence: 0.99, paid: true,
    text: "48 hours only: 20% off everything with code GLOW20. Free delivery, free returns, and the new Lumen One in three colours. Don't wait. Shop now → lumen.example/glow and tell a friend.",
    phrases: ["20% off everything", "with code GLOW20", "Shop now"], against: ["tell a friend"], fit: -1, seen: 41, talked: 5 },
  { name: "City of Vale", handle: "cityofvale", time: "1d", hue: 210, kind: "unsure", intent: "share", confidence: 0.58,
    text: "Bridge Street, Thursday.", phrases: [], against: [], fit: 0, seen: 3, talked: 3 },
  { name: "Oat & Ember", handle: "oatandember", time: "3d", hue: 95, kind: "conversation", intent: "care", confidence: 0.93,
    text: "@dana So sorry about that! Which shop was it? Send us your order number and we'll put it right today.",
    phrases: ["So sorry about that", "Send us your order number"], against: [], fit: 2, seen: 120, talked: 96 },
];

const words = await loadWords(asked.get("words") ?? "en");
document.documentElement.className = `${network} ${asked.get("theme") ?? "light"}`;
document.documentElement.dir = asked.get("dir") ?? "ltr";

await init();
const record = newRecord();
const events = [];
const gallery = new Gallery(record, words, hear, isOpen);
const main = document.querySelector("main");
const targets = POSTS.map(addPost);
if (scene !== "bare") POSTS.forEach((post, slot) => gallery.badge(slot, post.kind, post.intent, targets[slot]));
play(scene);
Object.assign(globalThis, { gallery, record, targets, events, POSTS, teardown: () => teardown(record) });
document.documentElement.dataset.ready = "";

function play(name) {
  const about = Number(asked.get("slot") ?? 2);
  if (name === "dialog") explain(about);
  if (name === "corrected") explain(about, { corrected: "ask" });
  if (name === "fold") {
    gallery.hide(2, "fold", POSTS[2].name, 1, targets[2]);
    gallery.hide(3, "fold", POSTS[3].name, 3, targets[3]);
    gallery.hide(4, "fold", POSTS[4].name, 0, targets[4]);
    gallery.hide(1, "dim", POSTS[1].name, 1, targets[1]);
  }
  if (name === "toast") gallery.toast(POSTS[2].name);
}

function explain(slot, more = {}) {
  const post = POSTS[slot];
  const where = (phrase) => [post.text.indexOf(phrase), post.text.indexOf(phrase) + phrase.length];
  const what = { ...post, room: network, phrases: post.phrases.map(where), against: post.against.map(where), ...more };
  gallery.explain(slot, what, targets[slot]);
}

/** What the real session would answer to the reader's acts, as far as the gallery needs it. */
function hear(event, slot) {
  events.push(event);
  if (event.startsWith("Explain(")) explain(slot);
  if (event.startsWith("Show(")) gallery.unhide(slot);
  if (event.startsWith("Correct(") && event.includes("Some")) explain(slot, { corrected: "ask" });
  if (event.startsWith("Correct(") && event.includes("None")) explain(slot);
  if (event.startsWith("Author(")) {
    if (event.includes("HideAdverts(true)")) gallery.toast(POSTS[slot].name);
    explain(slot, { adverts: event.includes("HideAdverts(true)"), watch: event.includes("Watch(true)") });
  }
}

function addPost(post) {
  const make = (tag, name, text, parent) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    parent?.append(element);
    return element;
  };
  const row = make("div", "row", "", main);
  const article = make("article", "", "", row);
  const top = make("div", "top", "", network === "x" ? undefined : article);
  const avatar = make("div", "avatar");
  avatar.style.setProperty("--hue", post.hue);
  const column = make("div", "column");
  let anchor;
  if (network === "x") {
    article.append(avatar, column);
    column.append(top);
    const names = make("div", "names", "", top);
    make("span", "name", post.name, names);
    anchor = make("div", "second", "", names);
    make("span", "handle", `@${post.handle}`, anchor);
    make("span", "", ` · ${post.time}`, anchor).style.whiteSpace = "pre";
    make("span", "more", "⋯", top);
  } else {
    top.append(avatar, column);
    make("div", "name", post.name, column);
    make("div", "under", "18,204 followers", column);
    anchor = make("div", "under", `${post.time} • Edited • `, column);
  }
  const text = make("div", "text", "", network === "x" ? column : article);
  text.append(post.text);
  const acts = make("div", "acts", "", network === "x" ? column : article);
  for (const act of ["12", "8", "143"]) make("span", "", act, acts);
  article.addEventListener("click", () => events.push("page: opened"));
  return { post: article, row, anchor, text };
}

async function loadWords(name) {
  const own = name === "ar" ? await (await fetch("words.ar.json")).json() : {};
  const table = await (await fetch("/words/en.json")).json();
  const filled = (message, first, second) => message.replaceAll("$1", first).replaceAll("$2", second);
  return (key, first, second) => {
    if (own[key]) return filled(own[key], first, second);
    if (key.startsWith("@@")) return "ltr";
    const entry = table[key];
    if (!entry) return key;
    const plain = entry.message.replace(/\$(\w+)\$/g, (_, place) => entry.placeholders[place.toLowerCase()].content);
    const text = filled(plain, first, second);
    // Half as long again, as German or Finnish may be.
    return name === "long" && text.length > 1 ? `${text}${"·ẅöřđ".repeat(Math.ceil(text.length / 10))}` : text;
  };
}

// The undo record and its teardown, as ARCHITECTURE.md describes them; calls nothing of the module.
function newRecord() {
  const made = {
    hosts: new Set(), styles: new Map(), observers: new Set(), abort: new AbortController(), cleanups: new Set(),
    shed: (scope, sheet) => () => { scope.adoptedStyleSheets = scope.adoptedStyleSheets.filter((other) => other !== sheet); },
    isDead: false,
    guard: (callback) => function (...args) {
      return made.isDead ? undefined : callback.apply(this, args);
    },
  };
  return made;
}

function teardown(made) {
  made.isDead = true;
  made.abort.abort();
  for (const observer of made.observers) observer.disconnect();
  for (const cleanup of made.cleanups) cleanup();
  for (const host of made.hosts) host.remove();
  for (const [element, before] of made.styles) {
    for (const [property, [value, priority]] of before) {
      if (property === "") continue;
      if (value) element.style.setProperty(property, value, priority);
      else element.style.removeProperty(property);
    }
    const [text, serialised] = before.get("");
    if (element.style.cssText === serialised) {
      if (text === null) element.removeAttribute("style");
      else element.setAttribute("style", text);
    }
  }
}
