// Owns the checks of how a list of accounts is read from a file and written to one. Never opens a browser.
import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

// What the packager bundles (`xtask/src/package/vendor.rs`) is taken from npm itself.
register(
  `data:text/javascript,${encodeURIComponent(`export const resolve = (name, context, next) =>
    name === "../vendor/csv.js" ? { url: ${JSON.stringify(import.meta.resolve("csv-parse/browser/esm/sync"))}, format: "module", shortCircuit: true } : next(name, context);`)}`,
);
const { readCsv, toCsv } = await import("../../extension/ui/csv.js");

const long = (chars) => "a".repeat(chars);

/** Text; keys it gives, with their list where they have one; errors as "line code what". */
const CASES = [
  ["acme\n@Orla\n", ["*:acme", "*:orla"], []],
  ["x,acme\nlinkedin,company/acme/\n", ["x:acme", "linkedin:company/acme"], []],
  ["acme,x\r\norla,Twitter\r\n", ["x:acme", "x:orla"], []],
  ["handle;room;list\nacme;ig;Tea\norla;;Tea\n", ["instagram:acme Tea", "*:orla Tea"], []],
  ["\ufeffNetwork\tAccount\nx\tacme\n", ["x:acme"], []],
  ['handle,list\n"acme","Tea, ""green"""\n', ['*:acme Tea, "green"'], []],
  ["handle;list\nacme;Tea, green\n", ["*:acme Tea, green"], []],
  ["handle,room\nacme,x\nacme,x\n", ["x:acme"], []],
  ["handle,room\nacme,myspace\n,x\ntwo words,x\n\norla,x\n", ["x:orla"], ["2 room myspace", "3 empty ", "4 handle two words"]],
  ['handle\n"two\nlines"\nacme\n', ["*:acme"], ["2 handle two\nlines"]],
  ['handle\r\n"two\r\nlines"\r\ntwo words\r\nacme\r\n', ["*:acme"], ["2 handle two\nlines", "4 handle two words"]],
  ['handle\nacme\n"open\n', ["*:acme"], ["3 open "]],
  ['handle\nacme\n\n"a"b\norla\n', ["*:acme"], ["4 open "]],
  ["", [], []],
  ["handle,room\n", [], []],
  [`handle\n${long(300)}\n${long(301)}\n`, [`*:${long(300)}`], [`3 handle ${long(301)}`]],
  // Addresses, in any column, of hosts under any of their prefixes; what is no page of an account is none.
  ["https://x.com/Orla\n", ["x:orla"], []],
  ["network,account\n,https://www.instagram.com/finch.tea/\nhttps://m.facebook.com/Orla?x=1,\n", ["instagram:finch.tea", "facebook:orla"], []],
  ["https://www.linkedin.com/company/orla/\nhttps://old.reddit.com/user/orla\nhttps://bsky.app/profile/orla.example\n", ["linkedin:company/orla", "reddit:user/orla", "bluesky:orla.example"], []],
  ["https://nowhere.example/orla\nhttps://x.com/\n", [], ["1 handle https://nowhere.example/orla", "2 handle https://x.com/"]],
  // Networks by their hosts and short names; any other site.
  ["x.com,a\nlinkedin.com,in/b\nyt,c\ngeneric,d\n", ["x:a", "linkedin:in/b", "youtube:c", "generic:d"], []],
  // A first line of names that lacks one for the handle; blanks around fields, a quotation mark within one.
  ["network,name\nx,acme\n", ["x:acme"], []],
  ['  x ,  "acme" \n x, a"b \n', ["x:acme", 'x:a"b'], []],
];

for (const [text, keys, errors] of CASES) {
  test(JSON.stringify(text).slice(0, 60), () => {
    const found = readCsv(text, { isAnyRoom: true });
    assert.deepEqual(found.accounts.map(({ list, room, handle }) => `${room}:${handle} ${list}`.trim()), keys);
    assert.deepEqual(found.errors.map(({ line, code, what }) => `${line} ${code} ${what}`), errors);
  });
}

test("where every account needs its network, a line without one is wrong", () => {
  assert.deepEqual(readCsv("x,orla\nacme\n"), { accounts: [{ list: "", room: "x", handle: "orla" }], errors: [{ line: 2, code: "room", what: "acme" }] });
});

test("what was written is read again", () => {
  const accounts = [{ room: "x", handle: "orla" }, { room: "*", handle: "acme" }, { room: "mastodon", handle: "orla@tea.example" }];
  for (const list of [undefined, "Tea", 'Tea; "green",\nblack']) {
    assert.deepEqual(readCsv(toCsv(accounts, list), { isAnyRoom: true }), { accounts: accounts.map((it) => ({ list: list ?? "", ...it })), errors: [] });
  }
  assert.equal(toCsv(accounts.slice(0, 1)), "\ufeffnetwork,account\r\nx,orla\r\n");
});
