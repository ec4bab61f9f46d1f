// Owns what the pages of the dashboard know: the book of aggregates, the user's own brands and lists, and the filter. Never draws.
import { book as readBook, fill } from "../ledger/store.js";
import { panel } from "../panel/module.js";
import { change } from "../ui/settings.js";
import { breathe } from "./dom.js";

const api = globalThis.browser ?? globalThis.chrome;

/** Lines are asked for in parts that take about this long, in milliseconds, so that the page stays awake. */
const PART_MS = 40;
const FIRST_PART = 24;

const DAY_MS = 864e5;
export const dayOf = (ms) => Math.floor(ms / DAY_MS);
export const msOf = (day) => day * DAY_MS;

export const keyOf = ({ room, brand }) => `${room}:${brand}`;

/** Everything of one moment: read again after the ledger was changed. */
export class Desk {
  /** Reads the ledger; throws when it cannot be read. */
  static async open() {
    const desk = new Desk();
    [desk.core, desk.book] = await Promise.all([panel(), readBook()]);
    performance.mark("book");
    desk.intents = [...desk.core.intents()].map(([id, stance]) => ({ id, stance }));
    desk.extent = desk.book.extent();
    await desk.settle();
    performance.mark("linked");
    return desk;
  }

  /** Reads the user's word again: which accounts are one brand's, own brands, lists. */
  async settle() {
    const { settings = {}, dashboard = {} } = await api.storage.local.get(["settings", "dashboard"]);
    this.settings = settings;
    this.own = new Set(dashboard.own ?? []);
    this.lists = dashboard.lists ?? [];
    this.watched = (settings.watched ?? []).map(({ room, handle }) => `${room}:${handle.toLowerCase()}`);
    this.book.link({ isLinked: true, words: settings.sameBrands ?? [] });
    this.cache = new Map();
  }

  /** Stores own brands and lists. */
  async keep({ own = [...this.own], lists = this.lists }) {
    await api.storage.local.set({ dashboard: { own, lists } });
    await this.settle();
  }

  /** Stores the user's word on which accounts are one brand's. */
  async say(words) {
    await change(({ settings }) => {
      settings.sameBrands = words;
    });
    await this.settle();
  }

  isOwn({ accounts }) {
    return accounts.some((account) => this.own.has(keyOf(account)));
  }

  /** Keys on the list with this name; `*` is the list of watched brands. */
  keysOf(list) {
    return new Set(list === "*" ? this.watched : (this.lists.find(({ name }) => name === list)?.accounts ?? []));
  }

  /** The question for the core that a filter comes to. */
  askOf({ days, from, to, room, surface }) {
    const ask = { rooms: room ? [room] : [], surfaces: surface ? [surface] : [] };
    const today = dayOf(Date.now());
    if (days === "custom") return { ...ask, ...(from && { from: dayOf(Date.parse(from)) }), ...(to && { to: dayOf(Date.parse(to)) }) };
    return days ? { ...ask, from: today - Number(days) + 1, to: today } : ask;
  }

  /** Brands under a filter, own ones first, then by posts: `{at, accounts, name, posts, conversation}`. */
  brands(filter, { inList = true } = {}) {
    const brands = this.book.outlines(this.askOf(filter));
    const keys = inList && filter.list ? this.keysOf(filter.list) : null;
    const isIn = ({ accounts }) => accounts.some((it) => keys.has(keyOf(it)) || keys.has(`*:${it.brand}`));
    const rank = (brand) => (this.isOwn(brand) ? 0 : 1);
    return (keys ? brands.filter((brand) => isIn(brand) || this.isOwn(brand)) : brands).sort((a, b) => rank(a) - rank(b) || b.posts - a.posts || a.at - b.at);
  }

  /**
   * The lines of these brands, by place, as the core gives them; those known already come at once. `numbers` are those wanted, and
   * `automation`; all, unless told. `told(done, all)` is called after each part and may throw to end it. Gives a map.
   */
  async lines(places, filter, { numbers = [], told = () => undefined } = {}) {
    const ask = { ...this.askOf(filter), numbers };
    const key = JSON.stringify(ask);
    // What was asked under another filter is not asked again soon.
    if (!this.cache.has(key)) this.cache = new Map([[key, new Map()]]);
    const known = this.cache.get(key);
    const due = places.filter((at) => !known.has(at));
    for (let from = 0, size = FIRST_PART; from < due.length; ) {
      const part = due.slice(from, from + size);
      const begun = performance.now();
      await fill(this.book, this.book.lacking(new Uint32Array(part)));
      this.book.lines(new Uint32Array(part), ask).forEach((line, at) => known.set(part[at], line));
      from += part.length;
      const took = performance.now() - begun;
      size = Math.max(4, Math.round(size * Math.min(2, PART_MS / Math.max(1, took))));
      if (from < due.length) {
        await told(from, due.length);
        await breathe();
      }
    }
    return new Map(places.map((at) => [at, known.get(at)]).filter(([, line]) => line));
  }

  /** A brand's steps over time; `brand` is one of `brands`. */
  async trend({ at, accounts }, filter, step) {
    await fill(this.book, this.book.lacking(new Uint32Array([at])));
    return this.book.trend(accounts, { ...this.askOf(filter), step });
  }
}
