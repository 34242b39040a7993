# SPDX-License-Identifier: GPL-2.0-only
# RUN: %facts %S/Inputs/nothing.c > %t.facts
# RUN: sh %s %t.contracts
# RUN: not %mmucheck analyze --bare --contracts %t.contracts %t.facts 2>&1 | FileCheck-19 %s
#
# CHECK: .contracts:65: expected 64 rows 'nocall' at most
set -eu
i=0
while [ $i -lt 65 ]; do
	i=$((i + 1))
	echo "nocall f$i in g$i -- one of many"
done >"$1"
