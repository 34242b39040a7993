# SPDX-License-Identifier: GPL-2.0-only
# REQUIRES: gcc-12, clang-14, clang-16, sparse
# RUN: rm -rf %t && mkdir %t && sh %s %top %t/examples.c
# RUN: %gcc-12 %t/examples.c 2>&1 | %check
# RUN: %clang-14 %t/examples.c 2>&1 | %check
# RUN: %clang-16 %t/examples.c 2>&1 | %check
# RUN: %clang-19 %t/examples.c 2>&1 | %check
# RUN: %sparse %t/examples.c 2>&1 | %check
# RUN: %reader %t/examples.c 2>&1 | %check
#
# Each word of the header has its kernel-doc block, which tells of each argument and
# has an example that uses it; the examples compile. It is in the guide's table, and
# among those that every compiler is tried with.
set -eu
top=$1 out=$2
header=$top/annotations/mmucheck.h
bad=0
say() { echo "$*"; bad=1; }

# The words are what is defined and is no helper. Where a kernel before 7.0 has a
# word in another form, it is made nothing, which is no second word.
words=$(sed -nE 's/^# ?define ([a-z_]+)(\(.*|[[:space:]].*|)$/\1/p' "$header" | grep -v '^__mmucheck_' | sort -u)
[ "$(echo "$words" | wc -l)" -ge 35 ] || say "$header: expected 35 words or more, found: $words"

for word in $words; do
	# The block: from "word() -" or "word -" to the end of the comment
	block=$(sed -n "/^ \* $word\(()\)\? - /,/^ \*\//p" "$header")
	[ -n "$block" ] || { say "$word: no kernel-doc block"; continue; }
	echo "$block" | sed '1,/code-block/d' | grep -q "$word" || say "$word: no example that uses it"
	args=$(sed -nE "s/^# ?define $word\(([^)]*)\).*/\1/p" "$header" | tail -n 1 | tr -d ' ' | tr , ' ')
	for arg in $args; do
		[ "$arg" = ... ] || arg=${arg%...}
		echo "$block" | grep -qF " * @$arg: " || say "$word: nothing is said of @$arg"
	done
	grep -q "\`$word[\`(]" "$top/annotations/VOCABULARY.md" || say "$word: not in VOCABULARY.md"
	grep -q "\<$word\>" "$top/testsuite/annotations/ok-words.c" || say "$word: not in ok-words.c"
done

# Each example in a block of its own: some define the same struct.
awk 'BEGIN { print "#include \"examples.h\"" }
	/code-block:: c$/ { print "void example_" ++n "(void);\nvoid example_" n "(void)\n{"; inside = 1; next }
	inside && /^ \*\// { print "}"; inside = 0 }
	inside { sub(/^ \*/, ""); print }' "$header" >"$out"
exit $bad
