# SPDX-License-Identifier: GPL-2.0-only
# REQUIRES: spatch
# RUN: sh %s %t %S/Inputs %top
#
# What was proved is the list for lockdep-assert.cocci, which inserts the asserts that
# are not there yet.
set -eu
out=$1 inputs=$2 top=$3
rm -rf "$out"
mkdir "$out"
cp -r "$inputs/tree" "$out/tree"
cd "$out/tree"

flags="-nostdinc -std=gnu11 -funsigned-char -D__KERNEL__ -I$top/testsuite/Inputs/include"
"$MMUCHECK_BIN/mmucheck-facts" --root "$PWD" --root "$top/testsuite/Inputs" --scope virt/kvm \
	--macros "$top/annotations/linux-macros.h" --out "$out/vm.facts" -- \
	$flags -include linux/kconfig.h virt/kvm/vm.c
export HOME="$out"	# spatch fails without one
"$MMUCHECK_BIN/mmucheck" contracts --asserts "$out/vm.facts" >"$out/proved"
diff -u - "$out/proved" <<'L'
clear write &vm->mmu_lock
clear_some write &vm->mmu_lock
close_window write &vm->mmu_lock
count_one held &vm->mmu_lock
count_two write &vm->mmu_lock
cpu_peek held &cpu->vm->mmu_lock
end write &vm->mmu_lock
free_page write &vm->mmu_lock
may_close_window write &vm->mmu_lock
open_window write &vm->mmu_lock
try_end write &vm->mmu_lock
unmap write &vm->mmu_lock
vm_slots write &vm->mmu_lock
vm_zap write &v->mmu_lock
zap write &vm->mmu_lock
L
MMUCHECK_CONTRACTS=$out/proved spatch -D patch --very-quiet --no-includes \
	--cocci-file "$top/cocci/lockdep-assert.cocci" virt/kvm/vm.c >"$out/patch"
grep '^+[^+]' "$out/patch" >"$out/added"
printf '+\tlockdep_assert_held_write(&vm->mmu_lock);\n%.0s' free_page end zap \
	try_end clear clear_some open_window close_window may_close_window unmap | diff -u - "$out/added"
patch -s -p1 <"$out/patch" || patch -s -p0 <"$out/patch" || patch -s virt/kvm/vm.c <"$out/patch"
gcc -Wall -Wextra -Werror $flags -c virt/kvm/vm.c -o "$out/vm.o"
