#!/bin/sh
# new-errors.sh KNOWN SLUICE...: runs lint and fails where it finds an error that was not there before.
#
# KNOWN is a file that remembers errors. The first run writes it and succeeds, whatever there is. Each
# further run prints the errors that are not in it, and ends with 8 if there is one, run after run,
# until it is gone or silenced with lint:RULE=ok in the record's comment. An error that is gone is
# forgotten: it is new when it comes back. To accept all that there is now, remove the file. What lint
# warns of, such as a kind of records that a backup lacks, is printed only beside a new error.
#
#   sh new-errors.sh /var/lib/sluice/known-errors sluice lint /var/backups/sluice/latest
set -eu
# KNOWN names senders, so only its owner may read it.
umask 077
known=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
status=0
# -v lists every finding, not the first few of each rule. It also shows where in Java a failure arose,
# which a mail does without.
"$@" -q -v > "$work/said" 2> "$work/all-warned" || status=$?
LC_ALL=C awk '
  /^(Caused by: )?[a-z][A-Za-z0-9_]*(\.[A-Za-z0-9_$]+)+(: |$)/ { skip = 1; next }
  skip && /^[ \t]+(at |\.\.\. [0-9]+ |Suppressed: |Caused by: )/ { next }
  { skip = 0; print }
' "$work/all-warned" > "$work/warned"
if [ "$status" -ne 0 ]; then
  cat "$work/said"
  cat "$work/warned" >&2
  echo "new-errors.sh: lint did not work (exit $status); nothing is known of the errors" >&2
  exit "$status"
fi
# One line for each error, with the rule that stands above it.
LC_ALL=C awk '
  /^error / { rule = $2 }
  /^  / && !/^  to do: / { print "error " rule ":" substr($0, 2) }
' "$work/said" | LC_ALL=C sort -u > "$work/now"
if [ ! -e "$known" ]; then
  cp "$work/now" "$known.part"
  mv "$known.part" "$known"
  exit 0
fi
LC_ALL=C comm -13 "$known" "$work/now" > "$work/new"
LC_ALL=C comm -12 "$known" "$work/now" > "$known.part"
mv "$known.part" "$known"
if [ -s "$work/new" ]; then
  cat "$work/new"
  cat "$work/warned" >&2
  exit 8
fi
