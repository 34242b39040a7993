#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A test for NIPA's tests/patch: run in the tree with the patch as HEAD. Exit status
# 0: nothing new, 1: something is, 250 (NIPA's warning): it could not be judged. One
# line about it goes to $DESC_FD. 'git config mmucheck.build DIR' in the tree says
# where it is configured.

said=$(mktemp)
trap 'rm -f "$said"' EXIT
mmucheck patch --color=never HEAD 2>"$said"
status=$?
cat "$said" >&2
line=$(tail -n 1 "$said")
printf '%s\n' "${line#mmucheck: }" >&"${DESC_FD:-2}"
[ "$status" -le 1 ] || status=250
exit "$status"
