// Owns the page of watch-lists: made, filled from a file, named, deleted. Never decides who is a brand.
import { number, plural, word } from "../ui/words.js";
import { readCsv, toCsv } from "../ui/csv.js";
import { NETWORKS } from "../ui/settings.js";
import { button, download, el, field, tell } from "./dom.js";
import { keepUndo } from "./undo.js";

export function show(place, { desk, go }) {
  const names = new Map(desk.brands({}, { inList: false }).flatMap(({ name, accounts }) => accounts.map(({ room, brand }) => [`${room}:${brand}`, name])));
  const keep = async (lists) => {
    await desk.keep({ lists });
    go({});
  };
  const problems = el("div", { class: "problems", role: "alert" });
  place.append(
    el("div", { class: "title" }, el("h1", {}, word("dash_nav_lists")), el("p", { class: "note" }, word("dash_lists_text"))),
    form(desk, keep),
    importer(desk, keep, problems),
    problems,
    el("section", { class: "lists" }, desk.watched.length > 0 ? watched(desk, names) : null, desk.lists.map((list) => one(list, { desk, names, keep, go }))),
  );
  if (desk.lists.length === 0) place.append(el("p", { class: "note" }, word("dash_lists_none")));
  place.dataset.ready = "whole";
}

function form(desk, keep) {
  const name = el("input", { id: "list-name", required: true, maxlength: 60, autocomplete: "off" });
  return el(
    "form",
    {
      class: "row",
      onsubmit: (event) => {
        event.preventDefault();
        const wanted = name.value.trim();
        if (wanted && wanted !== "*" && !desk.lists.some((list) => list.name === wanted)) keep([...desk.lists, { name: wanted, accounts: [] }]);
        else tell(word("dash_lists_taken"));
      },
    },
    field(word("dash_lists_name"), name),
    el("button", {}, word("dash_lists_make")),
  );
}

/** A CSV file becomes one list, or one for each name in its column `list`. Nothing is stored while a line is wrong and not agreed to. */
function importer(desk, keep, problems) {
  const file = el("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv", id: "list-file", class: "heard" });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    const { accounts, errors } = readCsv(await chosen.text(), { isAnyRoom: true });
    file.value = "";
    const store = () => {
      const lists = new Map(desk.lists.map((list) => [list.name, new Set(list.accounts)]));
      for (const { list, room, handle } of accounts) {
        const name = list || chosen.name.replace(/\.[^.]*$/, "");
        lists.set(name, (lists.get(name) ?? new Set()).add(`${room}:${handle}`));
      }
      tell(plural("dash_lists_taken_in", accounts.length));
      return keep([...lists].map(([name, keys]) => ({ name, accounts: [...keys] })));
    };
    if (errors.length === 0 && accounts.length > 0) return void store();
    problems.replaceChildren(
      el("h2", {}, plural("dash_lists_wrong", errors.length, [chosen.name, number(errors.length)])),
      el("ol", { class: "errors" }, errors.slice(0, 20).map(({ line, code, what }) => el("li", {}, word("dash_lists_line", [number(line), word(`dash_csv_${code}`, what)])))),
      accounts.length > 0 ? el("div", { class: "row" }, button(plural("dash_lists_rest", accounts.length), store), button(word("dash_cancel"), () => problems.replaceChildren(), { class: "quiet" })) : el("p", { class: "note" }, word("dash_lists_nothing")),
    );
  });
  return el("section", { class: "panel" }, el("h2", {}, word("dash_lists_import")), el("p", { class: "note" }, word("dash_lists_import_text", NETWORKS.join(", "))), el("div", { class: "row" }, el("label", { class: "button", for: "list-file" }, word("dash_choose_file")), file));
}

/** `x:acme` → its room and handle, which may hold colons of its own. */
const split = (key) => ({ room: key.slice(0, key.indexOf(":")), handle: key.slice(key.indexOf(":") + 1) });

const accountOf = (key, names) => {
  const { room, handle } = split(key);
  return [names.get(key) ?? handle, room === "*" ? word("dash_any_room") : word(`room_${room}`), handle];
};

function watched(desk, names) {
  return el("section", { class: "panel" }, el("h2", {}, word("dash_list_watched")), el("p", { class: "note" }, word("dash_list_watched_text")), el("ul", { class: "plain" }, desk.watched.map((key) => member(key, names))));
}

function member(key, names, ...more) {
  const [name, room, handle] = accountOf(key, names);
  return el("li", {}, el("bdi", {}, name), el("span", { class: "note" }, ` ${room} · ${handle}`), ...more);
}

function one(list, { desk, names, keep, go }) {
  const others = desk.lists.filter((it) => it !== list);
  const change = (accounts) => keep(desk.lists.map((it) => (it === list ? { ...list, accounts } : it)));
  const known = [...names].filter(([key]) => !list.accounts.includes(key)).slice(0, 300);
  const add = el("select", { "aria-label": word("dash_lists_add", list.name), onchange: () => add.value && change([...list.accounts, add.value]) }, el("option", { value: "" }, word("dash_lists_add", list.name)), known.map(([key, name]) => el("option", { value: key }, `${name} (${accountOf(key, names)[1]})`)));
  const csv = () => download(`${list.name}.csv`, new Blob([toCsv(list.accounts.map(split), list.name)], { type: "text/csv" }));
  return el(
    "section",
    { class: "panel" },
    el("h2", {}, el("bdi", {}, list.name), el("span", { class: "note" }, ` ${number(list.accounts.length)}`)),
    el("ul", { class: "plain members" }, list.accounts.map((key) => member(key, names, button("×", () => change(list.accounts.filter((it) => it !== key)), { class: "quiet", "aria-label": word("dash_lists_without", accountOf(key, names)[0]) })))),
    el(
      "div",
      { class: "row" },
      add,
      button(word("dash_lists_show"), () => go({ list: list.name }, "/compare")),
      button(word("dash_csv"), csv, { class: "quiet", "aria-label": word("dash_lists_save", list.name) }),
      button(word("dash_delete"), async () => {
        keepUndo(word("dash_lists_deleted", list.name), () => desk.keep({ lists: [...desk.lists.filter(({ name }) => name !== list.name), list] }));
        await keep(others);
      }, { class: "quiet danger", "aria-label": word("dash_lists_delete", list.name) }),
    ),
  );
}
