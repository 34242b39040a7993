# SPDX-License-Identifier: GPL-2.0-only
# RUN: sh %s %top
#
# Tests of rules go through %check: a bare FileCheck lets more warnings pass
# than it asks for.
set -eu
cd "$1/testsuite"
[ -d rules ] || exit 0
if grep -rn 'RUN[:].*FileCheck' rules; then
	echo 'use %check' >&2
	exit 1
fi
