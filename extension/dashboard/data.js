// Owns the page of what is stored: how much, row by row, out, in, less, and gone. Never draws a metric.
import { day, number, plural, word } from "../ui/words.js";
import { database } from "../ledger/database.js";
import { exportCsv, exportLines, importLines } from "../ledger/files.js";
import { setCap, state } from "../ledger/store.js";
import { button, choice, download, el, field, tell, withProgress } from "./dom.js";
import { dayOf } from "./ledger.js";
import { parquetFile } from "./parquet.js";
import { deleteAll, deleteBrand, deleteDays, parts } from "./undo.js";

/** Rows in one part of an export, and on one page of the table. */
const PART = 5_000;
const PAGE = 25;

export async function show(place, context) {
  const { desk } = context;
  place.append(el("p", { class: "note loading", role: "status" }, word("dash_loading")));
  // Counting a million rows takes a moment; no other page needs it.
  desk.state = await state();
  place.replaceChildren();
  const bench = el("div", { class: "bench" });
  const problems = el("div", { class: "problems", role: "alert" });
  place.append(el("div", { class: "title" }, el("h1", {}, word("dash_nav_data")), el("p", { class: "note" }, word("dash_data_text"))), storage(desk.state, context), exporter(desk, bench), importer(context, bench, problems), bench, problems, deleter(context, bench), await stored(desk));
  place.dataset.ready = "whole";
}

const bytes = (value) => number(value / 1e6, { style: "unit", unit: "megabyte", maximumFractionDigits: value < 1e7 ? 1 : 0 });

function storage({ live, pruned, cap, usage, quota, isKept }, { reload }) {
  const box = el("input", { type: "number", id: "cap", min: 1_000, max: 10_000_000, step: 1_000, value: cap ?? 1_000_000, required: true });
  const facts = [
    [word("dash_data_rows"), number(live)],
    [word("dash_data_pruned"), number(pruned)],
    [word("dash_data_used"), usage === null ? "–" : quota === null ? bytes(usage) : word("dash_of", [bytes(usage), bytes(quota)])],
    [word("dash_data_kept"), isKept ? word("dash_yes") : word("dash_no")],
  ];
  const persist = isKept ? null : button(word("dash_data_keep"), async () => { tell(word((await navigator.storage.persist()) ? "dash_data_kept_yes" : "dash_data_kept_no")); await reload(); });
  return el(
    "section",
    { class: "panel" },
    el("h2", {}, word("dash_data_storage")),
    el("dl", { class: "facts" }, facts.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value)))),
    el(
      "form",
      {
        class: "row",
        onsubmit: async (event) => {
          event.preventDefault();
          await setCap(box.valueAsNumber);
          await reload();
          tell(word("dash_data_capped", number(box.valueAsNumber)));
        },
      },
      field(word("dash_data_cap"), box),
      el("button", {}, word("dash_data_cap_set")),
      persist,
    ),
    el("p", { class: "note" }, word("dash_data_cap_text")),
  );
}

/** Every stored entry's objects, part by part. */
async function* objects(core) {
  const db = await database();
  let range = null;
  for (;;) {
    const rows = await db.getAll("rows", range, PART);
    if (rows.length === 0) return;
    yield core.rows(rows.flatMap(({ line }) => line ?? []));
    const { room, id } = rows.at(-1);
    range = IDBKeyRange.lowerBound([room, id], true);
  }
}

/** The file of all posts as Parquet; `told(done)` after each part. */
export async function exportParquet({ core, intents }, told = () => undefined) {
  const file = parquetFile(intents);
  let done = 0;
  for await (const part of objects(core)) {
    file.add(part.filter(({ kind }) => kind === "post"));
    done += part.length;
    await told(done);
  }
  return file.blob();
}

/** A text that comes in parts, as a file. */
async function gathered(texts, type, told) {
  const blobs = [];
  let done = 0;
  for await (const text of texts) {
    blobs.push(new Blob([text]));
    done += text.split("\n").length - 1;
    await told(done);
  }
  return new Blob(blobs, { type });
}

function exporter(desk, bench) {
  const stamp = () => new Date().toISOString().slice(0, 10);
  const all = desk.state.live + desk.state.pruned;
  const save = (label, end, make) => button(label, async () => {
    const blob = await withProgress(bench, word("dash_export_at_work", label), (step) => make((done) => step(Math.min(done, all), all)));
    download(`kibitz-${stamp()}.${end}`, blob);
    tell(word("dash_export_done", [label, bytes(blob.size)]));
  }, { "data-export": end });
  return el(
    "section",
    { class: "panel" },
    el("h2", {}, word("dash_export")),
    el("p", { class: "note" }, word("dash_export_text")),
    el(
      "div",
      { class: "row" },
      save("CSV", "csv", (told) => gathered(exportCsv(), "text/csv", told)),
      save("JSON Lines", "jsonl", (told) => gathered(exportLines(), "application/jsonl", told)),
      save("Parquet", "parquet", (told) => exportParquet(desk, told)),
    ),
  );
}

function importer({ reload }, bench, problems) {
  const file = el("input", { type: "file", accept: ".jsonl,application/jsonl", id: "ledger-file", class: "heard" });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    problems.replaceChildren();
    try {
      const texts = parts(chosen.stream().pipeThrough(new TextDecoderStream()));
      const { entries, refused } = await withProgress(bench, word("dash_import_at_work", chosen.name), async (step) => {
        let waiting = Promise.resolve();
        const done = await importLines(texts, (count) => { waiting = step(count, 0); });
        await waiting;
        return done;
      });
      await reload();
      tell(plural("dash_import_done", entries));
      const place = document.querySelector("main .problems");
      place.replaceChildren(el("h2", {}, plural("dash_import_done", entries)));
      if (refused.length > 0) place.append(el("p", {}, plural("dash_import_refused", refused.length)), el("ol", { class: "errors" }, refused.slice(0, 20).map(([line, why]) => el("li", {}, word("dash_lists_line", [number(line), why])))));
    } catch (error) {
      problems.replaceChildren(el("h2", {}, word("dash_import_failed", chosen.name)), el("p", { class: "note" }, String(error?.message ?? error)));
    } finally {
      file.value = "";
    }
  });
  return el("section", { class: "panel" }, el("h2", {}, word("dash_import")), el("p", { class: "note" }, word("dash_import_text")), el("div", { class: "row" }, el("label", { class: "button", for: "ledger-file" }, word("dash_choose_file")), file));
}

function deleter({ desk, reload }, bench) {
  const brands = desk.brands({}, { inList: false });
  let chosen = "";
  const work = (label, run) => async () => {
    await withProgress(bench, label, run);
    await reload();
  };
  const brand = choice(word("dash_brand"), [["", "…"], ...brands.map(({ at, name, accounts }) => [String(at), `${name} (${accounts.map(({ room }) => word(`room_${room}`)).join(", ")})`])], "", (value) => { chosen = value; });
  const named = () => brands.find(({ at }) => String(at) === chosen);
  const [from, to] = ["from", "to"].map((name) => el("input", { type: "date", name, id: `delete-${name}` }));
  const dayWords = (input) => day(input.valueAsDate, { dateStyle: "medium", timeZone: "UTC" });
  return el(
    "section",
    { class: "panel" },
    el("h2", {}, word("dash_delete_title")),
    el("p", { class: "note" }, word("dash_delete_text")),
    el("div", { class: "row" }, brand, button(word("dash_delete_brand"), () => { const it = named(); if (it) work(word("dash_deleting"), () => deleteBrand(it.name, it.accounts))(); }, { id: "delete-brand" })),
    el(
      "div",
      { class: "row" },
      field(word("dash_from"), from),
      field(word("dash_to"), to),
      button(word("dash_delete_days"), () => {
        if (from.valueAsDate && to.valueAsDate && from.value <= to.value) work(word("dash_deleting"), () => deleteDays(dayOf(from.valueAsNumber), dayOf(to.valueAsNumber), word("dash_deleted_days", [dayWords(from), dayWords(to)])))();
        else tell(word("dash_delete_days_wrong"));
      }, { id: "delete-days" }),
    ),
    el("div", { class: "row" }, button(word("dash_delete_all"), work(word("dash_deleting"), deleteAll), { class: "danger", id: "delete-all" })),
  );
}

// -- Row by row ---------------------------------------------------------------------------------------------------------

const written = (key, value) => {
  if (value === null || value === undefined) return "–";
  if (["firstSeen", "lastSeen", "posted", "corrected", "asked", "answered", "seen"].includes(key)) return new Date(value).toISOString().replace("T", " ").slice(0, 19);
  if (typeof value === "boolean") return value ? word("dash_yes") : word("dash_no");
  return Array.isArray(value) ? value.join(" ") : String(value);
};

/** The stored entries, newest first, a page at a time, all fields as they are. */
async function stored(desk) {
  const table = el("table", { class: "plain-table raw" });
  const nav = el("div", { class: "row pager" });
  const section = el("section", { class: "panel" }, el("h2", {}, word("dash_raw")), el("p", { class: "note" }, word("dash_raw_text")), el("div", { class: "scroll", dir: "ltr", tabindex: 0, role: "region", "aria-label": word("dash_raw") }, table), nav);
  const draw = async (page) => {
    const db = await database();
    const rows = [];
    let cursor = await db.transaction("rows").store.index("seen").openCursor(null, "prev");
    if (page > 0) cursor = await cursor?.advance(page * PAGE);
    for (; cursor && rows.length < PAGE; cursor = await cursor.continue()) rows.push(cursor.value.line);
    const items = desk.core.rows(rows);
    // Fields of posts first: there are more of them.
    const keys = [...new Set([...items].sort((a, b) => Object.keys(b).length - Object.keys(a).length).flatMap((item) => Object.keys(item)))];
    table.replaceChildren(
      el("caption", { class: "heard" }, word("dash_raw")),
      el("thead", {}, el("tr", {}, keys.map((key) => el("th", { scope: "col" }, key)))),
      el("tbody", {}, items.map((item) => el("tr", {}, keys.map((key) => el("td", {}, el("bdi", {}, written(key, item[key]))))))),
    );
    const last = Math.max(0, Math.ceil(desk.state.live / PAGE) - 1);
    nav.replaceChildren(
      button(word("dash_newer"), () => draw(page - 1), { disabled: page === 0 }),
      el("span", { class: "note" }, word("dash_of", [number(page + 1), number(last + 1)])),
      button(word("dash_older"), () => draw(page + 1), { disabled: page >= last }),
    );
  };
  if (desk.state.live > 0) await draw(0);
  else section.append(el("p", { class: "note" }, word("dash_raw_none")));
  return section;
}

