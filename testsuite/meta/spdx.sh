# SPDX-License-Identifier: GPL-2.0-only
# RUN: sh %s %top
#
# Every file says its licence in its first lines.
set -eu
cd "$1"
bad=0
for file in $(git ls-files --cached --others --exclude-standard); do
	case $file in
	.gitignore | LICENSE | COPYING | LICENSES/* | *.png | *.svg) continue ;;
	kernel/tests/removals/* | testsuite/facts/Inputs/corpus/* | */package.json | */package-lock.json) continue ;; # no comments in these
	esac
	[ -f "$file" ] || continue
	head -n 4 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-only' && continue
	echo "$file: no SPDX-License-Identifier: GPL-2.0-only in its first lines"
	bad=1
done
exit $bad
