// Owns the card of one brand: the answer of the majority rule, its numbers, its time, its posts, and which accounts it is.
import { day, isolated, number, plural, word } from "../ui/words.js";
import { database } from "../ledger/database.js";
import { lines as linesChart } from "./trend.js";
import { majority } from "./compare.js";
import { button, choice, el, empty, tell } from "./dom.js";
import { hinted } from "./hint.js";
import { averages, METRICS, bar, interval, scaleOf, wordOf, write } from "./numbers.js";
import { mixOf } from "./mix.js";
import { keyOf } from "./ledger.js";

/** Rows of an account that are looked through for examples: enough for the best of each kind, and read in an instant. */
const LOOKED_THROUGH = 1_500;
/** Examples of each kind. */
const EXAMPLES = 2;

export async function show(place, { desk, filter, go, path }) {
  const [room, brand] = path;
  const own = desk.brands(filter, { inList: false }).find(({ accounts }) => accounts.some((it) => it.room === room && it.brand === brand));
  if (!own) return void place.append(empty(word("dash_card_none_title"), word("dash_card_none_text"), el("a", { class: "button", href: "#/compare" }, word("dash_nav_compare"))));
  const line = (await desk.lines([own.at], filter)).get(own.at);
  const steps = await desk.trend(own, filter, 7);
  const isMine = desk.isOwn(own);
  const mine = button(word(isMine ? "dash_own_no" : "dash_own_yes"), async () => {
    const keys = own.accounts.map(keyOf);
    await desk.keep({ own: isMine ? [...desk.own].filter((key) => !keys.includes(key)) : [...desk.own, keys[0]] });
    tell(word(isMine ? "dash_own_no" : "dash_own_yes"));
    go({});
  }, { "aria-pressed": String(isMine), id: "mine" });
  place.append(
    el(
      "div",
      { class: "title card-title" },
      el("h1", {}, el("bdi", {}, line.name || brand)),
      el("p", { class: "note" }, line.accounts.map((it) => isolated(`${word(`room_${it.room}`)} ${it.brand}`)).join(" · ")),
      el("div", { class: "row" }, mine),
    ),
    answer(line),
    figures(line),
    el("section", { class: "panel" }, el("h2", {}, word("dash_mix")), mixOf(line.intents, desk.intents, { isWhole: true })),
    linesChart({
      series: ["conversation", "exchange"].map((name) => ({ name: wordOf(name), steps: steps.map((step) => ({ ...step, conversation: step[name] })) })),
      metric: "conversation", title: word("dash_card_trend"), note: word("dash_trend_note"), file: `kibitz-${brand}`,
    }),
    await examples(desk, own),
    accounts(desk, own, go),
  );
  // The averages need every brand's numbers; the card does not wait for them.
  const all = await desk.lines(desk.brands(filter, { inList: false }).map(({ at }) => at), filter);
  const mean = averages([...all.values()]);
  for (const span of place.querySelectorAll(".versus")) {
    const it = mean[span.dataset.metric];
    if (it) span.textContent = plural("dash_versus", it.n, [write(span.dataset.metric, it.value), number(it.n)]);
  }
  place.dataset.ready = "whole";
  return undefined;
}

/** What the majority rule says, in a sentence. */
function answer(line) {
  const { broadcast } = line;
  const percent = (value) => number(value, { style: "percent", maximumFractionDigits: 0 });
  const said = broadcast ? word(`dash_answer_${line.majority}`, [percent(broadcast.value), number(line.posts), percent(broadcast.low), percent(broadcast.high)]) : word("dash_answer_nothing");
  const call = line.automation ? word(`dash_answer_${line.automation}`) : word("dash_answer_unclocked");
  return el("section", { class: "panel answer" }, el("h2", {}, word("dash_answer_title")), el("p", { class: "big" }, majority(line)), el("p", {}, said), el("p", { class: "note" }, call));
}

function figures(line) {
  return el(
    "dl",
    { class: "figures" },
    METRICS.filter(({ name }) => line.numbers[name]).map(({ name, kind }) => {
      const it = line.numbers[name];
      const term = hinted(el("button", { type: "button", class: "term" }, wordOf(name)), word(`dash_means_${name}`));
      const few = it.isEnough ? null : el("span", { class: "few", role: "img", "aria-label": word("dash_too_small"), title: word("dash_too_small") }, "▲");
      // A number without an end of its own has nothing to be measured against.
      const measure = ["share", "fit"].includes(kind) ? bar(it, scaleOf(name, [it])) : null;
      return el(
        "div",
        { class: it.isEnough ? null : "grey" },
        el("dt", {}, term),
        el("dd", {}, el("span", { class: "value" }, few, el("bdi", {}, write(name, it.value))), measure, el("span", { class: "how-sure" }, el("bdi", { dir: "ltr" }, interval(name, it)), " ", el("span", {}, word("dash_n", number(it.n)))), el("span", { class: "versus", "data-metric": name })),
      );
    }),
  );
}

/** The surest posts of each kind that are still stored, with their links. */
async function examples(desk, { accounts }) {
  const db = await database();
  const found = [];
  for (const { room, brand } of accounts) {
    const stored = await db.getAllFromIndex("rows", "brand", IDBKeyRange.only([room, brand]), LOOKED_THROUGH);
    found.push(...desk.core.rows(stored.flatMap(({ line }) => line ?? [])).filter(({ kind, stance }) => kind === "post" && stance));
  }
  const section = el("section", { class: "panel" }, el("h2", {}, word("dash_examples")));
  if (found.length === 0) {
    section.append(el("p", { class: "note" }, word("dash_examples_none")));
    return section;
  }
  if (!found.some(({ excerpt }) => excerpt)) section.append(el("p", { class: "note" }, word("dash_examples_no_text")));
  const best = (a, b) => Number(b.isSure) - Number(a.isSure) || Number(b.excerpt !== null) - Number(a.excerpt !== null) || b.confidence - a.confidence;
  const kinds = desk.intents.filter(({ stance }) => stance).map(({ id, stance }) => ({ id, stance, posts: found.filter((post) => post.countedIntent === id).sort(best).slice(0, EXAMPLES) }));
  section.append(
    el(
      "div",
      { class: "examples" },
      kinds.filter(({ posts }) => posts.length > 0).map(({ id, stance, posts }) =>
        el("section", { class: stance }, el("h3", {}, el("span", { class: "shape", "aria-hidden": "true" }, stance === "broadcast" ? "▲" : "●"), word(`intent_${id}`)), el("ul", {}, posts.map((post) => example(desk, post)))),
      ),
    ),
  );
  return section;
}

function example(desk, post) {
  const link = desk.core.postLink(post.room, post.brand, post.id);
  const when = post.posted === null ? word("dash_examples_undated") : day(post.posted, { dateStyle: "medium" });
  const words = `${isolated(word(`room_${post.room}`))}, ${isolated(when)}`;
  const sure = word("dash_examples_sure", number(post.confidence, { style: "percent", maximumFractionDigits: 0 }));
  return el(
    "li",
    {},
    post.excerpt ? el("p", { class: "excerpt", dir: "auto" }, post.excerpt) : null,
    link ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, words) : el("span", {}, words),
    el("span", { class: "note" }, ` · ${post.correctedTo ? word("dash_examples_yours") : sure}`),
  );
}

/** Which accounts are this brand, and the user's word on it. */
function accounts(desk, own, go) {
  const words = desk.settings.sameBrands ?? [];
  const pairOf = (text) => text.split(/[=!]/).sort().join("|");
  const say = async (one, sign, other) => {
    const said = `${one}${sign}${other}`;
    await desk.say([...words.filter((text) => pairOf(text) !== pairOf(said)), said]);
    tell(word("dash_accounts_said"));
    go({});
  };
  const keys = own.accounts.map(keyOf);
  const part = (key) => button(word("dash_accounts_part"), async () => {
    const others = keys.filter((other) => other !== key);
    await desk.say([...words.filter((text) => !others.some((other) => pairOf(text) === pairOf(`${key}=${other}`))), ...others.map((other) => `${key}!${other}`)]);
    tell(word("dash_accounts_said"));
    go({});
  }, { class: "quiet", "aria-label": word("dash_accounts_part_named", key) });
  const rest = desk.brands({}, { inList: false }).filter(({ at }) => at !== own.at);
  const join = choice(word("dash_accounts_join"), [["", "…"], ...rest.slice(0, 300).flatMap((brand) => brand.accounts.map((it) => [keyOf(it), `${brand.name} (${word(`room_${it.room}`)} ${it.brand})`]))], "", (key) => key && say(keys[0], "=", key));
  return el(
    "section",
    { class: "panel" },
    el("h2", {}, word("dash_accounts")),
    el("p", { class: "note" }, word("dash_accounts_text")),
    el("ul", { class: "plain" }, own.accounts.map((it) => el("li", {}, el("span", {}, `${word(`room_${it.room}`)} `, el("bdi", {}, it.brand)), keys.length > 1 ? part(keyOf(it)) : null))),
    join,
  );
}
