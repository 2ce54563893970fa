#!/usr/bin/env bash
# Runs the GitLab pipelines of this folder for the shop on this machine, with gitlab-ci-local's shell executor: no container, no GitLab.
#
#   examples/gitlab/run.sh [parallel|dynamic] [more words for gitlab-ci-local]
#
# It installs what it needs: the packages of fixtures/forges and examples/shop, a browser, and rsync on Debian as root.
# SHOP_TESTS names a part of the suite, EXAMPLE_RELEASE=2 serves the redesign that breaks tests, EXAMPLE_JAR is the jar to use,
# EXAMPLE_KEEP=folder keeps the artifacts, a folder for each job.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/checkout.sh"

case "${1:-parallel}" in
  # Each job in a folder of its own, so that it has what artifacts bring and nothing else.
  parallel) pipeline=(--file .gitlab-ci.yml --shell-isolation) ;;
  # gitlab-ci-local ignores "needs: pipeline" of a child, so its jobs find the plan in the folder they share.
  dynamic) pipeline=(--file dynamic.gitlab-ci.yml) ;;
  *) die 2 "usage: examples/gitlab/run.sh [parallel|dynamic] [more words for gitlab-ci-local]" ;;
esac
[ $# = 0 ] || shift
need_java
need_node
need_rsync
need_packages "$root/fixtures/forges"
need_packages "$root/examples/shop"
browser=$("$root/scripts/browser.sh" "$root/examples/shop/node_modules/playwright-core")
eval "$browser"
jar=${EXAMPLE_JAR:-$root/cli/target/evenkeel.jar}
[ -f "$jar" ] || need_jar cli cli/target/evenkeel.jar

work=$(mktemp -d "${TMPDIR:-/tmp}/evenkeel-gitlab.XXXXXX")
trap 'rm -rf "$work"' EXIT
rsync -a --exclude node_modules --exclude test-results --exclude playwright-report --exclude .evenkeel "$root/examples/shop/" "$work"
cp -R "$root/examples/gitlab/." "$work"
echo "${EXAMPLE_RELEASE:-1}" >"$work/site/RELEASE"
mkdir "$work/templates"
cp "$root"/gitlab-runner-helper/templates/*.yml "$work/templates"
# A file and not --variable, because the jobs of a child pipeline do not get the latter.
printf '%s="%s"\n' EXAMPLE_NODE_MODULES "$root/examples/shop/node_modules" EXAMPLE_JAR "$jar" SHOP_TESTS "${SHOP_TESTS:-}" \
  PLAYWRIGHT_BROWSERS_PATH "${PLAYWRIGHT_BROWSERS_PATH:-}" \
  >"$work/.gitlab-ci-local-variables.yml"
printf '.gitlab-ci-local-variables.yml\nnode_modules\n.gitlab-ci-local\nevenkeel-gitlab.jar\n.evenkeel\ntest-results/\n' >"$work/.gitignore"
git -C "$work" init -q -b main
git -C "$work" add -A
git -C "$work" -c user.name=Example -c user.email=example@localhost commit -qm "example"
git -C "$work" remote add origin git@gitlab.example:shop/web.git

status=0
(
  cd "$work"
  node "$root/fixtures/forges/node_modules/gitlab-ci-local/src/index.js" "${pipeline[@]}" --force-shell-executor --quiet "$@"
) || status=$?
if [ -n "${EXAMPLE_KEEP:-}" ]; then
  mkdir -p "$EXAMPLE_KEEP"
  if [ -d "$work/.gitlab-ci-local/artifacts" ]; then cp -R "$work/.gitlab-ci-local/artifacts/." "$EXAMPLE_KEEP"; fi
fi
exit "$status"
