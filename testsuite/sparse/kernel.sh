# SPDX-License-Identifier: GPL-2.0-only
# REQUIRES: sparse
# RUN: sh %s %top %t
#
# The addresses of kernel/ are types of their own where the switch is on: nothing is
# cut there, and sparse says so where something is.
set -eu
top=$1 out=$2
rm -rf "$out"
mkdir "$out"
cp -r "$top/kernel" "$top/annotations" "$out"
cd "$out/kernel"

all() {
	for file in *.c; do
		case $file in module.c | platform_kernel.c) continue ;; esac
		sparse -std=gnu11 -DMMUCHECK_ADDRESSES=1 -Ishim/custom -Ishim/dup "$file" 2>&1
	done
}
all >said
[ ! -s said ] || { cat said; exit 1; }

cat >>fault.c <<'C'
u32 narrow(gpa_t gpa);
u32 narrow(gpa_t gpa)
{
	u32 low = gpa;

	return low;
}
C
all >said
grep -q '^fault.c:.*warning: implicit cast from nocast type' said
C=$(wc -l <said)
[ "$C" = 1 ] || { cat said; exit 1; }
