#!/bin/sh
# Builds Sluice and shows it at work on a sandbox of its own: no account is needed.
set -eu
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
