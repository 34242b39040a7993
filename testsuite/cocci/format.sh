# SPDX-License-Identifier: GPL-2.0-only
# RUN: sh %s %top
#
# Each rule has coccicheck's header, the modes that it claims, and its tests.
set -eu
cd "$1"
bad=0
say() { echo "$*"; bad=1; }
for rule in cocci/*.cocci; do
	id=$(basename "$rule" .cocci)
	grep -q '^/// [A-Z]' "$rule" || say "$rule: no /// description"
	grep -q '^// Confidence: \(High\|Moderate\|Low\)$' "$rule" || say "$rule: no Confidence"
	for word in Comments Options Requires; do
		grep -q "^// $word: ." "$rule" || say "$rule: no $word"
	done
	grep -q '^virtual \(report\|patch\)$' "$rule" || say "$rule: neither report nor patch mode"
	for mode in $(sed -n 's/^virtual //p' "$rule"); do
		grep -q "depends on .*$mode\|^virtual patch$" "$rule" || say "$rule: nothing in mode $mode"
	done
	! grep -q '^virtual report$' "$rule" || [ -f "testsuite/cocci/$id/report.exp" ] ||
		say "$rule: no testsuite/cocci/$id/report.exp"
	! grep -q '^virtual patch$' "$rule" || [ -f "testsuite/cocci/$id/patched.c" ] ||
		say "$rule: no testsuite/cocci/$id/patched.c"
	[ -f "testsuite/cocci/$id/in.c" ] || say "$rule: no testsuite/cocci/$id/in.c"
	grep -q "$id" cocci/README.md || say "$rule: not in cocci/README.md"
done
for dir in testsuite/cocci/*/in.c; do
	id=$(basename "$(dirname "$dir")")
	[ -f "cocci/$id.cocci" ] || say "$dir: no cocci/$id.cocci"
done
exit $bad
