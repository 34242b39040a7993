# SPDX-License-Identifier: GPL-2.0-only
# RUN: sh %s %top
#
# A rule's id is said once, is the name of its file and of its page, and no two
# rules share it.
set -eu
cd "$1/checker/rules"
bad=0
for file in *.c; do
	id=${file%.c}
	n=$(cat *.c | grep -cE "^(MARKS_)?RULE\(.*\"$id\"" || true)
	[ "$n" = 1 ] && continue
	echo "$file: expected one RULE() with the id \"$id\" in checker/rules, found $n"
	bad=1
done
for id in $(sed -nE 's/^(MARKS_)?RULE\(.*"([a-z-]*)".*/\2/p' *.c); do
	[ -f "$id.c" ] || { echo "$id: no checker/rules/$id.c"; bad=1; }
done
exit $bad
