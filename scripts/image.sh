#!/usr/bin/env bash
# Makes the image of the container action from the jar of this checkout, without Docker.
#
#   scripts/image.sh TAR             writes an archive that "docker load" and "podman load" take
#   scripts/image.sh --push NAME     pushes it to a registry; the login is that of ~/.docker/config.json
#
# IMAGE_BASE is what it stands on: any image with glibc, bash and Node, as registry/name:tag, or as tar:// and the path of an archive that
# "docker save" wrote. With one of Playwright's own images the tests can run in it, too. IMAGE_ARCHITECTURE is amd64 or arm64, default that of
# this machine, whose Java runtime goes into it. IMAGE_JAR is the jar to use. The same base, Java and jar give the same image.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/checkout.sh"

goal=buildTar
case "${1:-}" in
  --push)
    goal=build
    [ $# = 2 ] || die 2 "usage: scripts/image.sh TAR | --push NAME"
    target=(-Dimage.name="$2")
    ;;
  '' | -*) die 2 "usage: scripts/image.sh TAR | --push NAME" ;;
  *)
    mkdir -p "$(dirname "$1")"
    target=(-Dimage.tar="$(cd "$(dirname "$1")" && pwd)/$(basename "$1")")
    ;;
esac
need_jdk
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
machine=$(uname -m)
case "$machine" in x86_64) machine=amd64 ;; aarch64) machine=arm64 ;; esac
architecture=${IMAGE_ARCHITECTURE:-$machine}
[ "$architecture" = "$machine" ] || die 2 "IMAGE_ARCHITECTURE ($architecture) must be that of this machine ($machine): the Java runtime comes from it."
[ "$(uname -s)" = Linux ] || die 3 "The image holds this machine's Java runtime, which must be one for Linux. Make it on Linux."
jar=${IMAGE_JAR:-$root/cli/target/evenkeel.jar}
[ -n "${IMAGE_JAR:-}" ] || need_jar cli cli/target/evenkeel.jar
command -v "${bin}jlink" >/dev/null || die 3 "There is no jlink beside this Java. Install a full JDK (Debian: apt-get install openjdk-17-jdk-headless)."

# All that libraries of the jar may ask for at run time; a part found by jdeps would lack what they load by name.
modules=java.se,jdk.crypto.ec,jdk.httpserver,jdk.unsupported,jdk.zipfs
work=$root/github-action-jar/container/target
version=$("${bin}java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.vm.version = //p' | tr -c 'A-Za-z0-9._\n-' '-')
runtime=$work/java-$version
mkdir -p "$work"
if [ ! -x "$runtime/bin/java" ]; then
  say "image: linking a Java runtime"
  linked=$(mktemp -d "$work/linking.XXXXXX")
  "${bin}jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages --compress=2 --output "$linked/java" >&2
  mv -T "$linked/java" "$runtime" 2>/dev/null || [ -x "$runtime/bin/java" ]
  rm -rf "$linked"
fi

stage=$(mktemp -d "$work/stage.XXXXXX")
trap 'rm -rf "$stage"' EXIT
mkdir "$stage/evenkeel" "$stage/classes"
cp -R "$runtime" "$stage/java"
cp "$jar" "$stage/evenkeel/evenkeel.jar"
cp "$root/github-action-jar/evenkeel-action.sh" "$stage/evenkeel"
# Jib takes the permissions of new files from the POM, whatever this machine's umask is.
"$root/mvnw" -B -q ${IMAGE_MAVEN:-} -f "$root/github-action-jar/container/pom.xml" \
  -Dimage.stage="$stage" -Dimage.architecture="$architecture" ${IMAGE_BASE:+-Dimage.base="$IMAGE_BASE"} "${target[@]}" \
  "com.google.cloud.tools:jib-maven-plugin:$goal" >&2
say "image: $([ "$1" = --push ] && echo "pushed $2" || echo "$1")"
