#!/usr/bin/env bash
# Lays out what a release publishes, from the jars of this checkout, or from RELEASE_JAR and, if that is set too, RELEASE_EMBEDDINGS.
#
#   scripts/release-files.sh FOLDER
#
# FOLDER/evenkeel.jar, evenkeel-github.jar, evenkeel-gitlab.jar   one program under the three names people look for
# FOLDER/evenkeel-embeddings.jar                                  what evenkeel heal may be given to compare meanings; nobody needs it
# FOLDER/SHA256SUMS                                               of these jars
# FOLDER/github-action/                                           the action with the SHA-256 its jar must have, and container/, its variant
#                                                                 in the image that scripts/image.sh makes
# FOLDER/gitlab-component/templates/                              what the top of a component's project holds
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/checkout.sh"
[ $# = 1 ] || die 2 "usage: scripts/release-files.sh FOLDER"
jar=${RELEASE_JAR:-$root/cli/target/evenkeel.jar}
embeddings=${RELEASE_EMBEDDINGS:-}
if [ -z "${RELEASE_JAR:-}" ]; then
  need_jar cli cli/target/evenkeel.jar
  embeddings=${embeddings:-$root/healing-embeddings/target/evenkeel-embeddings.jar}
  need_jar healing-embeddings healing-embeddings/target/evenkeel-embeddings.jar
fi
mkdir -p "$1"
target=$(cd "$1" && pwd)

for name in evenkeel evenkeel-github evenkeel-gitlab; do cp "$jar" "$target/$name.jar"; done
rm -f "$target/evenkeel-embeddings.jar"
if [ -n "$embeddings" ]; then cp "$embeddings" "$target/evenkeel-embeddings.jar"; fi
(cd "$target" && { sha256sum ./*.jar 2>/dev/null || shasum -a 256 ./*.jar; } | sed 's# \./# #' >SHA256SUMS)
rm -rf "$target/github-action" "$target/gitlab-component"
mkdir -p "$target/github-action/container" "$target/gitlab-component"
cp "$root"/github-action-jar/{action.yml,evenkeel-action.sh,find-java.sh} "$target/github-action"
cp "$root/github-action-jar/container/action.yml" "$target/github-action/container"
sed -n 's/ evenkeel-github\.jar$/ evenkeel-github.jar/p' "$target/SHA256SUMS" >"$target/github-action/evenkeel.jar.sha256"
cp -R "$root/gitlab-runner-helper/templates" "$target/gitlab-component"
say "release: $(cut -c 1-12 "$target/github-action/evenkeel.jar.sha256")… in $target"
