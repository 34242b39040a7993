# SPDX-License-Identifier: GPL-2.0-only
# RUN: sh %s %t %S/Inputs %top
#
# What was proved of a small tree is written down as the patches that are expected;
# git takes them, both compilers take the result, and the objects are the same.
set -eu
out=$1 inputs=$2 top=$3
rm -rf "$out"
mkdir "$out"
cp -r "$inputs/tree" "$out/tree"
cd "$out/tree"

flags="-nostdinc -std=gnu11 -funsigned-char -D__KERNEL__ -I$top/testsuite/Inputs/include -Iinclude"
"$MMUCHECK_BIN/mmucheck-facts" --root "$PWD" --root "$top/testsuite/Inputs" --scope virt/kvm \
	--macros "$top/annotations/linux-macros.h" --out "$out/vm.facts" -- \
	$flags -include linux/kconfig.h virt/kvm/vm.c
annotate() {
	"$MMUCHECK_BIN/mmucheck" contracts --contracts "$inputs/vm.contracts" --kernel . --annotate "$@" "$out/vm.facts"
}
annotate "$out/patches" --limits "$inputs/clang.limits" >"$out/said"
grep -q 'patches: 3 patches, [0-9]* contracts of [0-9]* functions$' "$out/said"

for name in vm.h vm.c; do
	tail -n +2 "$inputs/$name.expected" >"$out/expected"
	diff -u "$out/expected" "$out"/patches/*-$name.patch
done

grep -q '^    somewhere()$' "$out"/patches/0001-*.patch	# of a file that nothing is stated in

# objects CC: with no line numbers in them, what is in between must not matter
objects() {
	for cc in "gcc -Wall -Wextra" "clang-19 -Wall -Wextra"; do
		$cc -Werror -O2 $flags -c virt/kvm/vm.c -o "$out/${cc%% *}.$1.o"
	done
}
objects before
git init -q .
git add .
git -c user.name=a -c user.email=a@a commit -qm before
git -c user.name=a -c user.email=a@a am -q "$out"/patches/*.patch
test "$(git log --oneline | wc -l)" = 4
objects after
for cc in gcc clang-19; do
	cmp "$out/$cc.before.o" "$out/$cc.after.o"
done

# Nothing that is there is written over.
rc=0
annotate "$out/patches" 2>"$out/err" || rc=$?
test $rc = 2
grep -q 'there are patches in this folder' "$out/err"
# Nor is another source than the facts are of.
sed -i '1,3d' virt/kvm/vm.c
rc=0
annotate "$out/other" 2>"$out/err" || rc=$?
test $rc = 2
grep -q "no ')' here: expected the source that the facts were made of" "$out/err"
# A limit has to be one that the file explains.
for line in 'vm.c age strange' 'vm.c age' 'vm.c age mode so'; do
	{ cat "$inputs/clang.limits"; echo "$line"; } >"$out/bad.limits"
	rc=0
	annotate "$out/bad" --limits "$out/bad.limits" 2>"$out/err" || rc=$?
	test $rc = 2
	test ! -e "$out/bad"
	grep -q 'bad.limits:7: .*expected ' "$out/err" || { cat "$out/err"; exit 1; }
done
