#!/usr/bin/env bash
# Runs the GitLab pipelines of this folder on this machine, with gitlab-ci-local's shell executor: no container, no GitLab.
#
#   examples/gitlab/run.sh [parallel|dynamic]
#
# Needs the packages of fixtures/forges and examples/shop (./verify installs both) and rsync.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/checkout.sh"

case "${1:-parallel}" in
  parallel) file=.gitlab-ci.yml ;;
  dynamic) file=dynamic.gitlab-ci.yml ;;
  *) die 2 "usage: examples/gitlab/run.sh [parallel|dynamic]" ;;
esac
need_java
need_node
command -v rsync >/dev/null || die 3 "No rsync found. Install it (Debian: apt-get install rsync)."
need_packages "$root/fixtures/forges"
need_packages "$root/examples/shop"
jar=${EXAMPLE_JAR:-$root/cli/target/evenkeel.jar}
[ -f "$jar" ] || need_jar cli cli/target/evenkeel.jar

work=$(mktemp -d "${TMPDIR:-/tmp}/evenkeel-gitlab.XXXXXX")
trap 'rm -rf "$work"' EXIT
cp -R "$root/examples/gitlab/." "$work"
mkdir "$work/templates"
cp "$root"/gitlab-runner-helper/templates/*.yml "$work/templates"
printf 'node_modules\n.gitlab-ci-local\nevenkeel-gitlab.jar\n.evenkeel\n' >"$work/.gitignore"
git -C "$work" init -q -b main
git -C "$work" add -A
git -C "$work" -c user.name=Example -c user.email=example@localhost commit -qm "example"
git -C "$work" remote add origin git@gitlab.example:shop/web.git

status=0
(
  cd "$work"
  node "$root/fixtures/forges/node_modules/gitlab-ci-local/src/index.js" --file "$file" --force-shell-executor --quiet \
    --variable "EXAMPLE_NODE_MODULES=$root/examples/shop/node_modules" --variable "EXAMPLE_JAR=$jar" \
    ${EXAMPLE_BROKEN:+--variable "EXAMPLE_BROKEN=$EXAMPLE_BROKEN"}
) || status=$?
if [ -n "${EXAMPLE_KEEP:-}" ]; then
  mkdir -p "$EXAMPLE_KEEP"
  find "$work/.gitlab-ci-local/artifacts" -path '*/.evenkeel/*' -type f \( -name '*.json' -o -name '*.xml' -o -name '*.env' -o -name '*.txt' -o -name '*.yml' -o -name summary.md \) \
    -exec cp {} "$EXAMPLE_KEEP" \; 2>/dev/null || true
fi
exit "$status"
