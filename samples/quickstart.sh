#!/bin/sh
# Builds Sluice and shows it at work on a sandbox of its own: no account is needed.
set -eu
# Java reads names and texts as the locale says, and Sluice takes all of them for UTF-8.
LC_ALL=C.UTF-8
export LC_ALL
cd "$(dirname "$0")/.."

for tool in java mvn; do
  command -v "$tool" >/dev/null 2>&1 || {
    echo "quickstart: $tool is missing; JDK 17 or later and Maven 3.8 or later are needed" >&2
    exit 2
  }
done

echo "1 of 2: building target/sluice.jar, without tests and checks of style. The first time Maven also"
echo "fetches its plugins and libraries; what it does is shown as it goes, a few minutes at most."
# All of it, if anything has changed since it was built before.
mvn -B -Pquick -Dmaven.test.skip=true package -Dmaven.compiler.useIncrementalCompilation=true
echo
echo "2 of 2: 'java -jar target/sluice.jar demo' starts a sandbox, backs it up, verifies the backup and"
echo "imports 5,000 rows, in less than a minute. No account is involved."
echo
exec java -jar target/sluice.jar demo
