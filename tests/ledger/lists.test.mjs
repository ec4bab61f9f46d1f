// Owns the checks of how a list of handles is read from a file. Never opens a browser.
import assert from "node:assert/strict";
import test from "node:test";
import { readCsv } from "../../extension/dashboard/csv.js";

/** Text; keys it gives, with their list where they have one; errors as "line code what". */
const CASES = [
  ["acme\n@Orla\n", ["*:acme", "*:orla"], []],
  ["x,acme\nlinkedin,company/acme/\n", ["x:acme", "linkedin:company/acme"], []],
  ["acme,x\r\norla,Twitter\r\n", ["x:acme", "x:orla"], []],
  ["handle;room;list\nacme;ig;Tea\norla;;Tea\n", ["instagram:acme Tea", "*:orla Tea"], []],
  ["\ufeffNetwork\tAccount\nx\tacme\n", ["x:acme"], []],
  ['handle,list\n"acme","Tea, ""green"""\n', ['*:acme Tea, "green"'], []],
  ["handle,room\nacme,x\nacme,x\n", ["x:acme"], []],
  ["handle,room\nacme,myspace\n,x\ntwo words,x\n\norla,x\n", ["x:orla"], ["2 room myspace", "3 empty ", "4 handle two words"]],
  ['handle\n"two\nlines"\nacme\n', ["*:acme"], ["2 handle two\nlines"]],
  ['handle\nacme\n"open\n', ["*:acme"], ["3 open "]],
  ["", [], []],
  ["handle,room\n", [], []],
  [`handle\n${"a".repeat(121)}\n`, [], [`2 handle ${"a".repeat(121)}`]],
];

for (const [text, keys, errors] of CASES) {
  test(JSON.stringify(text).slice(0, 60), () => {
    const found = readCsv(text);
    assert.deepEqual(found.accounts.map(({ list, key }) => `${key} ${list}`.trim()), keys);
    assert.deepEqual(found.errors.map(({ line, code, what }) => `${line} ${code} ${what}`), errors);
  });
}
