#!/usr/bin/env bash
# The one door to Kibitz: sets up what is missing, then runs, tests, packages or measures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'USAGE'
./build.sh run [--site NAME] [--browser chromium|firefox] [--headless]
    the demo feed in a browser with Kibitz in it; NAME is x, linkedin, facebook, instagram, threads, bluesky, mastodon,
    mastodon-2026, reddit, reddit-old, youtube, tiktok, blog or forum [default: x and linkedin], or dashboard: that on a
    made-up ledger
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

# -- Browsers ------------------------------------------------------------------------------------------------------------

chromium_found() { have "${CHROMIUM:-chromium}" || have chromium-browser; }
firefox_found() { have "${FIREFOX:-firefox-esr}" || have firefox; }

# What one of the browsers needs; the driver and the fonts only the tests.
browsers() {
  local missing=() wanted
  for wanted in "$@"; do
    case $wanted in
      chromium) chromium_found || missing+=(chromium) ;;
      firefox) firefox_found || missing+=(firefox-esr) ;;
      driver) have "${CHROMEDRIVER:-chromedriver}" || missing+=(chromium-driver) ;;
      fonts)
        [ -z "$(fc-list ':lang=ja' 2>/dev/null)" ] && missing+=(fontconfig fonts-noto-cjk)
        [ -z "$(fc-list 2>/dev/null | grep -i 'emoji')" ] && missing+=(fonts-noto-color-emoji) ;;
    esac
  done
  [ ${#missing[@]} -eq 0 ] && return
  [ "$(id -u)" = 0 ] && have apt-get || die "install: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  quietly "looking for packages" apt-get update
  quietly "installing ${missing[*]}" apt-get install -y --no-install-recommends "${missing[@]}"
}

# -- Verbs ---------------------------------------------------------------------------------------------------------------

package() { cargo xtask package "$@"; }

run() {
  local browser=chromium previous=
  for word in "$@"; do
    if [ "$previous" = --browser ]; then browser=$word; fi
    previous=$word
  done
  case $browser in chromium | firefox) ;; *) die "--browser is chromium or firefox, not $browser" ;; esac
  setup; browsers "$browser" fonts
  quietly "packaging" package --no-gate
  exec node tests/stage/run.mjs "$@"
}

bench() {
  setup; browsers chromium fonts
  quietly "packaging" package --no-gate
  quietly "packaging the twin" package --twin-only --no-gate
  [ -d benches ] && cargo bench --quiet --bench '*' "$@"
  exec node tests/stage/bench.mjs
}

# -- Tests ---------------------------------------------------------------------------------------------------------------

TIERS=(lint native wasm package gallery chromium firefox webext)

tier_lint() {
  cargo fmt --all --check
  cargo clippy --quiet --workspace --all-targets -- -D warnings
  cargo clippy --quiet --target wasm32-unknown-unknown --lib --test web -- -D warnings
  cargo clippy --quiet --target wasm32-unknown-unknown --lib --features panel -- -D warnings
}

tier_native() {
  if have cargo-nextest; then
    cargo nextest run --workspace
    cargo test --quiet --workspace --doc
  else
    cargo test --quiet --workspace
  fi
  node --test tests/ledger/*.test.mjs
}

tier_wasm() {
  [ -e tests/web.rs ] || { echo "tests/web.rs is missing"; return 1; }
  CHROMEDRIVER=$(command -v "${CHROMEDRIVER:-chromedriver}")
  export CHROMEDRIVER
  # `wasm-pack test` runs this very command, but first builds every test for wasm32, the native ones too.
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
    cargo test --target wasm32-unknown-unknown --test web
}

# The browser tiers need both, whatever the size gate says of them.
tier_package() {
  local status=0
  package || status=1
  package --twin-only || status=1
  return "$status"
}

tier_gallery() {
  sh tests/gallery/build.sh
  node tests/gallery/look.mjs
}

# The reporter that names every failure once more at the end, where a failed tier's log is cut.
stage() { node --test-reporter=spec tests/stage/test.mjs "$1"; }
tier_chromium() { stage chromium; }
tier_firefox() { stage firefox; }

tier_webext() { web-ext lint --source-dir dist/firefox --no-config-discovery --warnings-as-errors; }

# Lines of a failed tier worth showing; the whole stands in its log.
TAIL_LINES=60

run_tests() {
  local tiers=("$@") tier start seconds result failed=0 table=
  [ ${#tiers[@]} -gt 0 ] || tiers=("${TIERS[@]}")
  for tier in "${tiers[@]}"; do
    case " ${TIERS[*]} " in *" $tier "*) ;; *) die "unknown tier: $tier (there are: ${TIERS[*]})" ;; esac
  done
  setup
  case " ${tiers[*]} " in *" wasm "* | *" gallery "* | *" chromium "* | *" firefox "*) browsers chromium firefox driver fonts ;; esac
  # Browser tiers run what is packaged now, whoever asked for them alone.
  case " ${tiers[*]} " in *" package "*) ;; *" chromium "* | *" firefox "* | *" webext "*) tiers=(package "${tiers[@]}") ;; esac
  mkdir -p target/tiers
  for tier in "${tiers[@]}"; do
    say "$tier …"
    start=$SECONDS
    # A tier is its own process, so that `set -e` holds inside it.
    if CARGO_TERM_COLOR=never bash "$SELF" --tier "$tier" >"target/tiers/$tier.log" 2>&1 </dev/null; then result=ok; else
      result=FAILED; failed=1
      tail -n "$TAIL_LINES" "target/tiers/$tier.log" >&2
      say "$tier failed; all of it: target/tiers/$tier.log"
    fi
    seconds=$((SECONDS - start))
    table+=$(printf '%-10s %-7s %5d s' "$tier" "$result" "$seconds")$'\n'
  done
  printf '%s' "$table"
  return "$failed"
}

SELF=$PWD/build.sh
verb=${1:-help}; [ $# -eq 0 ] || shift
case $verb in
  setup) setup ;;
  run) run "$@" ;;
  test) run_tests "$@" ;;
  package) setup; package "$@" ;;
  bench) bench "$@" ;;
  --tier) "tier_$1" ;;
  help | -h | --help) usage ;;
  *) usage >&2; die "unknown verb: $verb" ;;
esac
