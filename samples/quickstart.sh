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

echo "Building target/sluice.jar (the first time takes a minute or two) ..."
mvn -B -q -DskipTests package
exec java -jar target/sluice.jar demo
