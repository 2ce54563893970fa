#!/usr/bin/env bash
# Runs one command of the action. Everything comes in through the environment, so no input is ever part of the script.
set -euo pipefail

# The workflow's author wrote these two as shell words; they are as trusted as any "run:" of the workflow.
eval "test_command=(${ACTION_TEST_COMMAND:-npx playwright test})"
eval "arguments=(${ACTION_ARGUMENTS:-})"
if [ -n "${ACTION_RUN:-}" ] && [ "${ACTION_COMMAND:-}" != rerun ]; then export EVENKEEL_RUN=$ACTION_RUN; fi
if [ -n "${ACTION_SHARD:-}" ]; then export EVENKEEL_SHARD=$ACTION_SHARD; fi
java=${EVENKEEL_JAVA:-}
[ -n "$java" ] || java=$(command -v java || true)

fail() {
  echo "::error::evenkeel: $*"
  exit 3
}

sum() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1; }

# Sets jar. A jar that was downloaded is used only when its SHA-256 is the one we know.
get_jar() {
  jar=${ACTION_JAR:-}
  if [ -n "$jar" ]; then
    [ -f "$jar" ] || fail "there is no $jar (input jar)."
    return
  fi
  local wanted=${ACTION_JAR_SHA256:-} url=${ACTION_JAR_URL:-}
  if [ -z "$wanted" ] && [ -f "$GITHUB_ACTION_PATH/evenkeel.jar.sha256" ]; then
    wanted=$(cut -d ' ' -f 1 "$GITHUB_ACTION_PATH/evenkeel.jar.sha256")
  fi
  [ -n "$wanted" ] || fail "this is no released version of the action: give jar, or jar-url and jar-sha256."
  [ -n "$url" ] || url="${GITHUB_SERVER_URL:-https://github.com}/${GITHUB_ACTION_REPOSITORY:-}/releases/download/${GITHUB_ACTION_REF:-}/evenkeel-github.jar"
  jar=${RUNNER_TEMP:-/tmp}/evenkeel-$wanted.jar
  if [ ! -f "$jar" ]; then
    curl --fail --silent --show-error --location --retry 3 --max-time 300 --output "$jar.part" "$url" || fail "the jar could not be downloaded from $url."
    mv "$jar.part" "$jar"
  fi
  if [ "$(sum "$jar")" != "$wanted" ]; then
    rm -f "$jar"
    fail "the jar from $url does not have the SHA-256 $wanted; it was deleted."
  fi
}

# Without Java our reporter selects the share by itself and keeps the results (Playwright 1.62 and newer).
run_without_java() {
  [ -f .evenkeel/adapters/evenkeel-reporter.cjs ] || fail "there is no .evenkeel/adapters/evenkeel-reporter.cjs: download the artifact of the plan job."
  [ -n "${EVENKEEL_RUN:-}" ] && [ -n "${EVENKEEL_SHARD:-}" ] || fail "give shard and run-key: a shard without Java cannot ask for them."
  export PW_TEST_REPORTER=$PWD/.evenkeel/adapters/evenkeel-reporter.cjs EVENKEEL_DIR=$PWD/.evenkeel EVENKEEL_PLAN=$PWD/.evenkeel/plan.json
  export EVENKEEL_SPOOL=$PWD/.evenkeel/spool/${EVENKEEL_RUN}_s${EVENKEEL_SHARD%%/*}.ndjson
  exec "${test_command[@]}"
}

case "${ACTION_COMMAND:-}" in
  plan)
    get_jar
    exec "$java" -jar "$jar" plan ${ACTION_SHARDS:+--shards "$ACTION_SHARDS"} ${arguments[@]+"${arguments[@]}"} -- "${test_command[@]}"
    ;;
  run)
    if [ -z "$java" ] || { [ -z "${ACTION_JAR:-}" ] && [ -z "${ACTION_JAR_SHA256:-}" ] && [ ! -f "$GITHUB_ACTION_PATH/evenkeel.jar.sha256" ]; }; then run_without_java; fi
    get_jar
    exec "$java" -jar "$jar" run ${arguments[@]+"${arguments[@]}"} -- "${test_command[@]}"
    ;;
  rerun)
    [ -n "${ACTION_RUN:-}" ] || fail "give run-key: the run whose failed tests are to run again."
    get_jar
    exec "$java" -jar "$jar" rerun --failed "$ACTION_RUN" ${arguments[@]+"${arguments[@]}"} -- "${test_command[@]}"
    ;;
  report)
    get_jar
    # A report is over before the second compiler pays off; without it the job needs half of the processor time.
    exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$jar" report ${arguments[@]+"${arguments[@]}"}
    ;;
  heal)
    get_jar
    exec "$java" -jar "$jar" heal ${arguments[@]+"${arguments[@]}"} -- "${test_command[@]}"
    ;;
  *) fail "the input command (${ACTION_COMMAND:-}) must be plan, run, rerun, report or heal." ;;
esac
