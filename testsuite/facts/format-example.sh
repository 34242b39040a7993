# SPDX-License-Identifier: GPL-2.0-only
# RUN: sh %s %top/checker/facts/FORMAT.md %t
#
# The example on the page of the grammar is what the front end makes.
set -eu
rm -rf "$2"
mkdir "$2"
cd "$2"
sed -n '/^`bump.c`:/,/^`bump.o.facts`:/p' "$1" | sed '1,2d; $d' | sed '$d; s/^    //' |
	unexpand --first-only -t 8 >bump.c
sed -n '/^`bump.o.facts`:/,$s/^    //p' "$1" >expected
[ -s bump.c ] && [ -s expected ]
mmucheck-facts --out made -- -c bump.c
cmp made expected
mmucheck analyze --bare made
