#!/bin/sh
# Builds the module with the gallery's door into target/gallery/pkg.
# With "measure" as it ships; else quickly, which is enough for looking.
set -eu
cd "$(dirname "$0")/../.."
PATH="${KIBITZ_TOOLS:-$HOME/.cache/kibitz/tools/bin}:$PATH"
if [ "${1:-}" != measure ]; then
  export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_INCREMENTAL=true
fi
cargo build --quiet --release --lib --target wasm32-unknown-unknown --features gallery --target-dir "target/gallery/${1:-look}"
wasm-bindgen --target web --no-typescript --out-dir target/gallery/pkg "target/gallery/${1:-look}/wasm32-unknown-unknown/release/kibitz.wasm"
