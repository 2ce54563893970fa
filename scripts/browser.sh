#!/usr/bin/env bash
# Finds a Chromium and puts it where unmodified Playwright projects look for theirs.
#
#   eval "$(scripts/browser.sh path/to/node_modules/playwright-core ...)"
#   .  scripts/browser.sh path/to/node_modules/playwright-core ...
#   scripts/browser.sh --path [playwright-core ...]     prints the executable's path alone
#   scripts/browser.sh --there playwright-core ...      as the first, but installs nothing: silent when there is no browser
#
# (Sourced without arguments it would see those of the script that sources it: name at least one, or use eval.)
# Each argument is an installed playwright-core folder, or a browsers.json file; none is needed to install a browser.
# Standard output holds shell exports only, human text goes to standard error. On failure: one line that says what to
# do, and exit code 3 (also through eval under `set -e`). Several calls may run at once.
#
# Which browser, in this order:
#   1. EVENKEEL_CHROMIUM, an executable;
#   2. what Playwright itself has downloaded (PLAYWRIGHT_BROWSERS_PATH or its cache folder), revision by revision;
#   3. chromium, chromium-browser or google-chrome on PATH;
#   4. a new one: Debian's package when we are root, else Playwright's own download.
# Playwright accepts exactly the revision in its browsers.json, so for 1 and 3 a folder of our own
# (EVENKEEL_BROWSERS_DIR, default ~/.cache/evenkeel/browsers) offers the browser under each revision asked for.
# From 1.49 on Playwright runs headless tests in a browser of its own, the headless shell, which needs half of the
# processor time; Debian has it as a package too. Where none can be had, the full browser stands in for it.

if [ -n "${BASH_VERSION:-}" ] && [ "${BASH_SOURCE[0]}" != "$0" ]; then
  eval "$(bash "${BASH_SOURCE[0]}" "$@")"
  return
fi

set -euo pipefail
HOME=${HOME:-~}

say() { printf '%s\n' "browser: $*" >&2; }

# Only exports may reach standard output, so a caller's eval gets a failing command instead of silence.
die() {
  say "$*"
  if [ "$answer" = exports ]; then echo '(exit 3)'; fi
  exit 3
}

# Prints the revision of one browser (second argument) in a browsers.json (first); nothing when that version has none.
revision_of() {
  awk -F'"' -v wanted="$2" '$2 == "name" { name = $4 } $2 == "revision" && name == wanted { print $4; exit }' "$1"
}

# The folder in which Playwright keeps its own downloads, as its registry computes it.
playwright_folder() {
  if [ "${PLAYWRIGHT_BROWSERS_PATH:-0}" != 0 ] && [ ! -e "$PLAYWRIGHT_BROWSERS_PATH/.evenkeel" ]; then
    echo "$PLAYWRIGHT_BROWSERS_PATH"
  elif [ "$(uname -s)" = Darwin ]; then
    echo "$HOME/Library/Caches/ms-playwright"
  else
    echo "${XDG_CACHE_HOME:-$HOME/.cache}/ms-playwright"
  fi
}

# Whether Playwright has downloaded everything a headless run of this browsers.json (first argument) needs.
has_own() {
  local chromium shell
  chromium=$(revision_of "$1" chromium)
  shell=$(revision_of "$1" chromium-headless-shell)
  if [ -n "$shell" ]; then
    [ -e "$own/chromium_headless_shell-$shell/INSTALLATION_COMPLETE" ]
  else
    [ -e "$own/chromium-$chromium/INSTALLATION_COMPLETE" ]
  fi
}

# Prints the executable of any revision Playwright has downloaded: a good stand-in for the revisions it has not.
any_own_executable() {
  local found
  for found in "$own"/chromium-*/chrome-linux*/chrome "$own"/chromium_headless_shell-*/*/{chrome-headless-shell,headless_shell} \
    "$own"/chromium-*/chrome-mac*/*.app/Contents/MacOS/*; do
    if [ -x "$found" ]; then
      echo "$found"
      return
    fi
  done
}

on_path() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name"; then return; fi
  done
}

shell_on_path() { command -v chromium-headless-shell || command -v chrome-headless-shell; }

can_use_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y "$@"; }

install_browser() {
  if can_use_apt; then
    say "no Chromium found: installing the Debian package chromium"
    apt_install chromium >&2 ||
      die "apt-get could not install chromium. Install it by hand, or set EVENKEEL_CHROMIUM to an executable."
    return
  fi
  [ ${#lists[@]} -gt 0 ] ||
    die "no Chromium found. Install one, set EVENKEEL_CHROMIUM, or name a playwright-core folder so that its download can be used."
  local list
  for list in "${lists[@]}"; do
    say "no Chromium found: Playwright downloads its own for ${list%/browsers.json}"
    PLAYWRIGHT_BROWSERS_PATH=$own PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD='' node "${list%/browsers.json}/cli.js" install chromium >&2 ||
      die "Playwright's download failed. Install Chromium by hand and set EVENKEEL_CHROMIUM to its path."
  done
}

# Everything that writes the folder holds this lock until the script ends. The folder is readable to all at any moment,
# because finished files and folders are moved to their place.
lock_folder() {
  mkdir -p "$folder" 2>/dev/null && : 2>/dev/null >>"$folder/.lock" ||
    die "cannot write $folder. Set EVENKEEL_BROWSERS_DIR to a writable folder."
  exec 9>>"$folder/.lock"
  if command -v flock >/dev/null; then flock 9; fi
}

# Whether a version asked for runs its headless tests in the headless shell.
wants_shell() {
  local list
  for list in ${lists[@]+"${lists[@]}"}; do
    if [ -n "$(revision_of "$list" chromium-headless-shell)" ]; then return; fi
  done
  return 1
}

# Prints the executable that stands in for the headless shell.
choose_shell() {
  if [ -n "${EVENKEEL_CHROMIUM:-}" ]; then
    echo "$EVENKEEL_CHROMIUM"
  else
    shell_on_path || echo "$executable"
  fi
}

# Only a saving, so a machine that cannot get it is told once and goes on.
install_shell() {
  if [ "$install" = no ] || [ -n "${EVENKEEL_CHROMIUM:-}" ]; then return; fi
  if [ -e "$folder/.no-headless-shell" ] || shell_on_path >/dev/null; then return; fi
  case $executable in /usr/bin/*) ;; *) return ;; esac
  can_use_apt && wants_shell || return 0
  say "installing the Debian package chromium-headless-shell: headless tests need half of the processor time with it"
  if ! apt_install chromium-headless-shell >&2; then
    say "apt-get could not install it; $executable is used for headless tests"
    touch "$folder/.no-headless-shell"
  fi
}

# The script that stands in for a browser (argument). The sandbox needs rights that root in a container does not have.
launcher() {
  cat <<LAUNCHER
#!/bin/sh
if [ "\$(id -u)" = 0 ]; then set -- --no-sandbox "\$@"; fi
exec "\${EVENKEEL_CHROMIUM:-$1}" --disable-background-networking --disable-component-update --disable-sync --no-first-run --disable-quic "\$@"
LAUNCHER
}

# Whether the launcher of that name (first argument) starts this browser (second).
launches() { [ "$(cat "$folder/$1" 2>/dev/null)" = "$(launcher "$2")" ]; }

write_launcher() {
  if launches "$1" "$2"; then return; fi
  launcher "$2" >"$folder/.$1"
  chmod 755 "$folder/.$1"
  mv -fT "$folder/.$1" "$folder/$1"
}

# Whether the launcher and every revision asked for are in place, so that nothing is to be written.
is_ready() {
  local list shell
  launches chromium "$executable" && launches headless-shell "$(choose_shell)" || return 1
  for list in ${lists[@]+"${lists[@]}"}; do
    offers "chromium-$(revision_of "$list" chromium)" chromium || return 1
    shell=$(revision_of "$list" chromium-headless-shell)
    [ -z "$shell" ] || offers "chromium_headless_shell-$shell" headless-shell || return 1
    [ -e "$folder/ffmpeg-$(revision_of "$list" ffmpeg)/INSTALLATION_COMPLETE" ] || ! command -v ffmpeg >/dev/null || return 1
  done
}

# Whether a revision folder (first argument) is complete: Playwright's own, or links to the launcher of that name (second).
offers() {
  local link
  [ -e "$folder/$1/INSTALLATION_COMPLETE" ] || return 1
  [ ! -L "$folder/$1" ] || return 0
  for link in "$folder/$1"/*/*; do [ "$(readlink "$link")" = "$folder/$2" ] || return 1; done
}

# Offers one revision folder (first argument) with links (from the third on) to the launcher of that name (second), or
# Playwright's own if it is there.
offer() {
  local name=$1 launcher=$2 place
  if offers "$name" "$launcher"; then return; fi
  rm -rf "${folder:?}/$name" "${folder:?}/.$name" # a link whose download was removed, an attempt that was killed
  if [ -z "${EVENKEEL_CHROMIUM:-}" ] && [ -e "$own/$name/INSTALLATION_COMPLETE" ]; then
    ln -sfnT "$own/$name" "$folder/$name"
    return
  fi
  shift 2
  for place in "$@"; do
    mkdir -p "$folder/.$name/${place%/*}"
    ln -s "$folder/$launcher" "$folder/.$name/$place"
  done
  touch "$folder/.$name/INSTALLATION_COMPLETE" "$folder/.$name/DEPENDENCIES_VALIDATED"
  mv -T "$folder/.$name" "$folder/$name"
}

# Videos are the only thing Playwright needs ffmpeg for.
offer_ffmpeg() {
  local name=ffmpeg-$1 ffmpeg
  if [ -e "$folder/$name/INSTALLATION_COMPLETE" ]; then return; fi
  if [ -e "$own/$name/INSTALLATION_COMPLETE" ]; then
    ln -sfnT "$own/$name" "$folder/$name"
  elif ffmpeg=$(command -v ffmpeg); then
    mkdir -p "$folder/.$name"
    ln -s "$ffmpeg" "$folder/.$name/ffmpeg-linux"
    touch "$folder/.$name/INSTALLATION_COMPLETE"
    mv -T "$folder/.$name" "$folder/$name"
  fi
}

# A revision's places in every Playwright from 1.40 to 1.65, x64 and arm64.
offer_revisions() {
  local list shell
  for list in "${lists[@]}"; do
    offer "chromium-$(revision_of "$list" chromium)" chromium \
      chrome-linux/chrome chrome-linux64/chrome chrome-linux-arm64/chrome
    shell=$(revision_of "$list" chromium-headless-shell)
    if [ -n "$shell" ]; then
      offer "chromium_headless_shell-$shell" headless-shell chrome-linux/headless_shell \
        chrome-headless-shell-linux64/chrome-headless-shell chrome-headless-shell-linux-arm64/chrome-headless-shell
    fi
    offer_ffmpeg "$(revision_of "$list" ffmpeg)"
  done
}

finish() {
  if [ "$answer" = path ]; then
    echo "$executable"
  else
    if [ -n "$1" ]; then printf 'export PLAYWRIGHT_BROWSERS_PATH=%q\n' "$1"; fi
    echo 'export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1'
  fi
  exit 0
}

answer=exports
install=yes
case "${1:-}" in
  --path)
    answer=path
    shift
    ;;
  --there)
    install=no
    shift
    ;;
esac

lists=()
for argument in "$@"; do
  if [ -f "$argument/browsers.json" ]; then
    argument=$argument/browsers.json
  fi
  [ -f "$argument" ] || die "$argument is not an installed playwright-core folder. Run npm ci there first."
  lists+=("$argument")
done

own=$(playwright_folder)
folder=${EVENKEEL_BROWSERS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/evenkeel/browsers}
case $folder in /*) ;; *) folder=$PWD/$folder ;; esac

# True when every version asked for has Playwright's own browser (and at least one was asked for).
all_own() {
  local list
  [ ${#lists[@]} -gt 0 ] || return 1
  for list in "${lists[@]}"; do has_own "$list" || return 1; done
}

# Prints the executable to use, nothing when there is none.
choose() {
  local found
  found=$(on_path || true)
  echo "${found:-$(any_own_executable)}"
}

if [ -n "${EVENKEEL_CHROMIUM:-}" ]; then
  case $EVENKEEL_CHROMIUM in /*) [ -x "$EVENKEEL_CHROMIUM" ] && [ ! -d "$EVENKEEL_CHROMIUM" ] ;; *) false ;; esac ||
    die "EVENKEEL_CHROMIUM ($EVENKEEL_CHROMIUM) must be the absolute path of an executable. Maybe unset it, so that one is searched."
  executable=$EVENKEEL_CHROMIUM
else
  executable=$(choose)
  if [ -z "$executable" ] && [ "$install" = no ]; then exit 0; fi
  if [ -z "$executable" ]; then
    lock_folder
    executable=$(choose) # somebody else may have installed one while we waited
    if [ -z "$executable" ]; then
      install_browser
      executable=$(choose)
    fi
    [ -n "$executable" ] || die "the installation left no Chromium behind. Set EVENKEEL_CHROMIUM to an executable."
  fi
  if all_own; then
    executable=$(any_own_executable)
    finish "$own"
  fi
fi

[ "$(uname -s)" = Linux ] ||
  die "on this system only Playwright's own browsers can be used. Run npx playwright install chromium."
if ! is_ready; then
  lock_folder
  if ! is_ready; then # nobody else did it while we waited
    "$executable" --version >/dev/null 2>&1 ||
      die "$executable does not start (try $executable --version). Set EVENKEEL_CHROMIUM to one that does."
    install_shell
    echo 'Links to the Chromium of this machine, made by scripts/browser.sh; safe to delete.' >"$folder/.evenkeel"
    write_launcher chromium "$executable"
    write_launcher headless-shell "$(choose_shell)"
    if [ ${#lists[@]} -gt 0 ]; then offer_revisions; fi
    say "offers $executable (headless: $(choose_shell)) in $folder"
    command -v ffmpeg >/dev/null || say "no ffmpeg here: tests that record videos fail until it is installed"
  fi
fi
finish "$folder"
