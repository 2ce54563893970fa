#!/usr/bin/env bash
# Tries examples/git-server.mjs with git itself: clone, push, a wrong password, a branch, a shallow clone.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
export GIT_CONFIG_GLOBAL=/dev/null GIT_TERMINAL_PROMPT=0
export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@localhost GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@localhost

check() {
  if [ "$2" != "$3" ]; then
    echo "git-server: $1: expected '$2', got '$3'" >&2
    exit 1
  fi
}

git init -q --bare -b main "$work/repos/shop.git" 2>/dev/null || { mkdir -p "$work/repos" && git init -q --bare -b main "$work/repos/shop.git"; }
git -C "$work/repos/shop.git" config http.receivepack true
printf 'pass word\n' >"$work/password"

# The server ends with its standard input: the writing end is held open by this script alone.
mkfifo "$work/hold"
node "$here/git-server.mjs" --root "$work/repos" --user demo --password-file "$work/password" <"$work/hold" >"$work/address" &
server=$!
exec 8>"$work/hold"
trap 'exec 8>&-; wait "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do
  if [ -s "$work/address" ] || ! kill -0 "$server" 2>/dev/null; then break; fi
  sleep 0.1
done
host=$(sed 's|http://||' "$work/address")
url=http://demo:pass%20word@$host/shop.git

git clone -q "$url" "$work/one" 2>/dev/null
echo first >"$work/one/file"
git -C "$work/one" add file
git -C "$work/one" commit -qm first
head -c 3000000 /dev/urandom >"$work/one/large" # larger than git's http.postBuffer: sent in chunks
git -C "$work/one" add large
git -C "$work/one" commit -qm large
git -C "$work/one" push -q origin HEAD:main HEAD:refs/heads/evenkeel/heal-1
check "branches" "refs/heads/evenkeel/heal-1 refs/heads/main" "$(git ls-remote --heads "$url" | cut -f2 | tr '\n' ' ' | sed 's/ $//')"
git clone -q --depth 1 "$url" "$work/two"
check "shallow clone" first "$(cat "$work/two/file")"
check "same content" "$(git -C "$work/one" rev-parse HEAD)" "$(git -C "$work/two" rev-parse HEAD)"

code=0
git ls-remote "http://demo:wrong@$host/shop.git" >/dev/null 2>&1 || code=$?
check "wrong password" 128 "$code"
code=0
git ls-remote "http://$host/shop.git" >/dev/null 2>&1 || code=$?
check "no password" 128 "$code"
code=0
git ls-remote "http://demo:pass%20word@$host/../../../etc.git" >/dev/null 2>&1 || code=$?
check "outside of the root" 128 "$code"

exec 8>&-
wait "$server"
check "ends with its standard input" 0 "$?"
echo "git-server: ok"
