#!/usr/bin/env bash
# The one door to Kibitz: sets up what is missing, then runs, tests, packages or measures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'USAGE'
./build.sh run [--site x|linkedin] [--browser chromium|firefox] [--headless]
    the demo feed in a browser with Kibitz in it
./build.sh test [TIER…]
    every tier, or those named: lint native wasm package gallery chromium firefox webext
./build.sh package [--twin-only]
    dist/kibitz-chrome.zip and dist/kibitz-firefox.xpi, with the size gate
./build.sh bench
    the table of speeds and sizes
./build.sh setup
    only what the others need
USAGE
}

CACHE=${KIBITZ_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kibitz}
TOOLS=$CACHE/tools
WASM_PACK=0.15.1
export PATH="$TOOLS/bin:$PWD/node_modules/.bin:$PATH"

say() { printf '%s\n' "kibitz: $*" >&2; }
die() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a slow step: one line before, its last lines only when it fails.
quietly() {
  local what=$1 log; shift
  say "$what …"
  log=$(mktemp)
  if "$@" >"$log" 2>&1 </dev/null; then rm -f "$log"; return 0; fi
  tail -n 40 "$log" >&2
  rm -f "$log"
  die "$what failed"
}

need() {
  have cargo || die "install Rust 1.95 or newer with rustup (https://rustup.rs)"
  have node && have npm || die "install Node.js 20 or newer with npm (https://nodejs.org)"
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "Node.js $(node --version) is too old: install 20 or newer"
}

# Never `rustup toolchain install`: it would exchange the whole toolchain.
rust_target() {
  local sysroot; sysroot=$(rustc --print sysroot)
  [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib" ] && return
  have rustup || die "install the Rust target wasm32-unknown-unknown"
  quietly "adding the target wasm32-unknown-unknown" rustup target add wasm32-unknown-unknown
}

npm_packages() {
  cmp -s package-lock.json node_modules/.kibitz-lock && return
  quietly "installing npm packages" npm ci --ignore-scripts --no-audit --no-fund
  cp package-lock.json node_modules/.kibitz-lock
}

locked() { sed -n "/^name = \"$1\"\$/{n;s/^version = \"\(.*\)\"\$/\1/p;q;}" Cargo.lock; }

# Whether the tool in the cache has this version.
is_version() { [ "$("$TOOLS/bin/$1" --version 2>/dev/null | awk '{print $2}')" = "$2" ]; }

# Tools built from crates, shared by all clones of this user; debug builds are fast enough and take half the time.
crate_tools() {
  local bindgen; bindgen=$(locked wasm-bindgen)
  is_version wasm-pack "$WASM_PACK" && is_version wasm-bindgen "$bindgen" && is_version wasm-bindgen-test-runner "$bindgen" && return
  mkdir -p "$CACHE"
  if have flock; then exec 9>"$CACHE/lock"; flock 9; fi
  export CARGO_PROFILE_DEV_DEBUG=0
  is_version wasm-pack "$WASM_PACK" ||
    quietly "building wasm-pack $WASM_PACK (once, about 2 minutes)" \
      env -u CARGO_TARGET_DIR cargo install --debug wasm-pack --version "$WASM_PACK" --locked --force --root "$TOOLS"
  is_version wasm-bindgen "$bindgen" && is_version wasm-bindgen-test-runner "$bindgen" ||
    quietly "building wasm-bindgen $bindgen (once, about 2 minutes)" \
      env -u CARGO_TARGET_DIR cargo install --debug wasm-bindgen-cli --version "$bindgen" --locked --no-default-features --force --root "$TOOLS"
  unset CARGO_PROFILE_DEV_DEBUG
  if have flock; then exec 9>&-; fi
}

setup() { need; rust_target; npm_packages; crate_tools; }

package() { cargo xtask package "$@"; }

verb=${1:-help}; [ $# -eq 0 ] || shift
case $verb in
  setup) setup ;;
  package) setup; package "$@" ;;
  help | -h | --help) usage ;;
  *) usage >&2; die "unknown verb: $verb" ;;
esac
