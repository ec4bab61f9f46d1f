// Owns the memory with which the twin begins: that of an instance that has read the model's features and has but to make its tables.
//
// node begun.mjs MODULE MODEL OUT    writes the whole memory; fails where reading the model asks for anything of a page
import { readFileSync, writeFileSync } from 'node:fs';

const [module, model, out] = process.argv.slice(2).map((path, nth) => (nth < 2 ? readFileSync(path) : path));
/** Before this stand the model's figures, which are still looked at; what follows has been read. */
const HEAD_BYTES = 4096;
/** Where the head tells the length of its only long part, and what there is of others at most. */
const [LONG_AT, SHORT_BYTES] = [24, 1024];

const compiled = new WebAssembly.Module(module);
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(compiled)) {
  (imports[from] ??= {})[name] = () => {
    throw new Error(`reading the model calls ${name}`);
  };
}
const fresh = () => new WebAssembly.Instance(compiled, imports).exports;
const stackOf = (instance) => instance.__wbindgen_add_to_stack_pointer(0);

let steps = 1;
for (const whole = fresh(); !whole.prepare(); steps++);
const begun = fresh();
const stack = stackOf(begun);
for (let step = 1; step < steps; step++) if (begun.prepare()) throw new Error('the model is read in fewer steps than before');
if (stackOf(begun) !== stack) throw new Error('the stack does not stand where it stood');

const memory = new Uint8Array(begun.memory.buffer);
const at = Buffer.from(memory.buffer).indexOf(model);
if (at < 0) throw new Error('the model is not in the module');
if (model.readUInt32LE(LONG_AT) + SHORT_BYTES > HEAD_BYTES) throw new Error('the head of the model is longer than was thought');
memory.fill(0, at + HEAD_BYTES, at + model.length);
writeFileSync(out, memory);
