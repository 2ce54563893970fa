# What the commands of a checkout (./verify, ./demo, ./evenkeel, ./evenkeel-bench) share. Sourced, bash.
# Everything here talks on standard error: standard output belongs to the command.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }

die() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

need_java() {
  local java=java version
  if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; fi
  command -v "$java" >/dev/null || die 3 "No Java found. Install a JDK 17 or newer (Debian: apt-get install openjdk-17-jdk-headless)."
  version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
  [ "${version%%.*}" -ge 17 ] || die 3 "Java $version is too old. Evenkeel needs 17 or newer; set JAVA_HOME to one."
}

need_jdk() {
  need_java
  command -v "${JAVA_HOME:+$JAVA_HOME/bin/}javac" >/dev/null ||
    die 3 "There is a Java runtime but no compiler. Install a JDK (Debian: apt-get install openjdk-17-jdk-headless)."
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null ||
    die 3 "No Node.js with npm found. Install Node 20 or newer: https://nodejs.org/en/download"
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ] || die 3 "Node $(node -v) is too old. Install Node 20 or newer."
}

# gitlab-ci-local copies a project with it.
need_rsync() {
  if command -v rsync >/dev/null; then return; fi
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    die 3 "No rsync found, which gitlab-ci-local needs. Install it (Debian: apt-get install rsync)."
  fi
  say "rsync: installing the Debian package, for gitlab-ci-local"
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y rsync; } >&2 ||
    die 3 "apt-get could not install rsync, which gitlab-ci-local needs. Install it by hand."
}

# Installs the packages of a folder (first argument) as its lockfile says, unless that is done. Safe when two run at once.
need_packages() {
  local folder=$1
  (
    cd "$folder"
    exec 9>>"$folder/.install-lock"
    if command -v flock >/dev/null; then flock 9; fi
    if [ package-lock.json -nt node_modules/.package-lock.json ]; then
      say "npm: installing the packages of ${folder#"$root/"}"
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error >&2
      touch node_modules/.package-lock.json
    fi
  )
}

# Lets the Playwright of the project that a command line (arguments) names with --dir, or of this folder, find a browser of
# this machine. Projects whose Playwright has its own keep it; nothing is installed.
offer_browser() {
  local folder=$PWD exports
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    case "$1" in
      --dir) folder=${2:-.} ;;
      --dir=*) folder=${1#--dir=} ;;
    esac
    shift
  done
  folder=$(cd "$folder" 2>/dev/null && pwd) || return 0
  while [ ! -d "$folder/node_modules/playwright-core" ]; do
    if [ "$folder" = / ]; then return 0; fi
    folder=$(dirname "$folder")
  done
  if exports=$("$root/scripts/browser.sh" --there "$folder/node_modules/playwright-core"); then eval "$exports"; fi
}

# Builds the jar (second argument, relative to the checkout) of a module (first) when it is missing or older than a source.
need_jar() {
  local module=$1 jar=$root/$2 log
  if [ -f "$jar" ] && [ -z "$(find "$root" -name node_modules -prune -o -name target -prune -o -name .git -prune -o \
    \( -path '*/src/main/*' -o -name pom.xml \) -type f -newer "$jar" -print -quit)" ]; then
    return
  fi
  need_jdk
  say "build: making $2 (its sources are newer, or it is not there yet)"
  log=$(mktemp)
  if ! (cd "$root" && ./mvnw -B -q -DskipTests -Dspotless.check.skip=true -pl "$module" -am package) >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    die 3 "build: failed; the lines above say why."
  fi
  rm -f "$log"
  # Maven leaves a jar alone whose classes stayed the same; without this it would be made again at each call.
  touch "$jar"
}
