# SPDX-License-Identifier: GPL-2.0-only
# REQUIRES: sparse
# RUN: sh %s %top %t
#
# The addresses of kernel/ are types of their own where the switch is on: nothing is
# cut there, and no address is given for one of another kind. It does reckon with them
# (gfn + 1), as the kernel does, which the stricter of the two would not allow:
# mixed.awk leaves that out. Where something is wrong sparse says so.
set -eu
top=$1 out=$2
rm -rf "$out"
mkdir "$out"
cp -r "$top/kernel" "$top/annotations" "$out"
cd "$out/kernel"

all() {
	mode=$1
	for file in *.c; do
		case $file in module.c | platform_kernel.c) continue ;; esac
		sparse -std=gnu11 -DMMUCHECK_ADDRESSES=$mode -Ishim/custom -Ishim/dup "$file" 2>&1
	done
}
mixed() { all 2 | awk -f ../annotations/mixed.awk; }
all 1 >said
[ ! -s said ] || { cat said; exit 1; }
mixed >said || true
[ ! -s said ] || { cat said; exit 1; }

cat >>fault.c <<'C'
u32 narrow(gpa_t gpa);
u32 narrow(gpa_t gpa)
{
	u32 low = gpa;

	return low;
}
gfn_t mix(gpa_t gpa);
gfn_t mix(gpa_t gpa)
{
	return gpa;
}
C
! mixed >said
grep -q '^fault.c:.*got restricted gpa_t' said
[ "$(wc -l <said)" = 3 ] || { cat said; exit 1; }
all 1 >said
grep -q '^fault.c:.*warning: implicit cast from nocast type' said
C=$(wc -l <said)
[ "$C" = 1 ] || { cat said; exit 1; }
