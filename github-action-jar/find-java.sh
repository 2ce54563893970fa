#!/usr/bin/env bash
# Says which Java of the runner is 17 or newer: output java, empty when there is none.
set -euo pipefail
found=
for java in "${JAVA_HOME_21_X64:-}/bin/java" "${JAVA_HOME_17_X64:-}/bin/java" "${JAVA_HOME:-}/bin/java" "$(command -v java || true)"; do
  [ -x "$java" ] || continue
  version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p' | tr -d '\r')
  case "$version" in 1.*|'') continue ;; esac
  if [ "${version%%.*}" -ge 17 ]; then
    found=$java
    break
  fi
done
echo "java=$found" >>"$GITHUB_OUTPUT"
