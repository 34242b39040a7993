# SPDX-License-Identifier: GPL-2.0-only
# RUN: sh %s %t
#
# A disk that is full leaves the facts that were there and nothing half-done.
set -eu
rm -rf "$1"
mkdir "$1"
cd "$1"
echo 'int a(void) { return 1; }' >a.c
echo old >a.o.facts
# A limit on the size of files fails a write as a full disk does.
(
	trap '' XFSZ
	ulimit -f 0
	! mmucheck-facts -- -c a.c -o a.o
) 2>&1 | cat >log
grep -q '^mmucheck-facts: a.o.facts: cannot be written: ' log
[ "$(cat a.o.facts)" = old ]
[ "$(ls)" = "$(printf 'a.c\na.o.facts\nlog')" ]
