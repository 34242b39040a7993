# SPDX-License-Identifier: GPL-2.0-only
# RUN: sh %s %t
#
# What is no whole facts file gets one clear line and exit 2.
set -eu
rm -rf "$1"
mkdir "$1"
cd "$1"

# refused NAME TEXT: FILE has the facts, and the one line that is said has TEXT
refused() {
	rc=0
	mmucheck analyze --bare "$1" >out 2>err || rc=$?
	[ $rc = 2 ] || { echo "$1: exit $rc, expected 2"; exit 1; }
	[ "$(wc -l <err)" = 1 ] || { echo "$1: more than one line:"; cat err; exit 1; }
	grep -qF -- "$2" err || { echo "$1: expected '$2', got:"; cat err; exit 1; }
	[ ! -s out ] || { echo "$1: findings of what was refused"; exit 1; }
}

# broken NAME TEXT: the good facts with the rows of standard input in the end
broken() {
	{ cat good; cat; } | seal >"$1.facts"
	refused "$1.facts" "$2"
}

cat >good <<'F'
mmucheck-facts 1
unit a.c
target x86_64 64
field vm.n #i32
func good global a.c:1:1:2 #i32
param vm *vm
b0
1:2 return vm->n
exit
F
seal <good >good.facts
mmucheck analyze --bare good.facts

: >empty.facts
refused empty.facts "expected 'mmucheck-facts 1' first"
head -c 60 good.facts >short.facts
refused short.facts "cut short: expected the 'end' row last"
sed 's/vm->n/vm->m/' good.facts >changed.facts
refused changed.facts "damaged: the text does not match its 'end' row"
sed 's/^mmucheck-facts 1/mmucheck-facts 99/' good | seal >version.facts
refused version.facts "facts of another version: expected 'mmucheck-facts 1'"
sed 's/unit a.c/unit a\x00c/' good | seal >zero.facts
refused zero.facts "expected text, found a zero byte"

f='func f static a.c:3:1:4 #i32'
echo 'guard **.n guarded_by(this->n)' | broken guard "expected a record before the '.'"
echo 'head good here kvm' | broken head "expected FILE:LINE:COLUMN"
echo 'field vm.bits #u32 0' | broken bits "expected the bits of a bitfield"
echo 'fact x' | broken kind "expected type, field, global, slot, guard, says, comment"
printf '%s\n' 'func good global a.c:9:1:9 #i32' b0 stop | broken twice "a second good(): expected another name"
printf '%s\n' "$f" 'param a #i32' 'local a #i32' b0 stop | broken names "a second 'a': expected another name"
printf '%s\n' "$f" b0 stop b0 stop | broken blocks "expected blocks in order"
printf '%s\n' "$f" b0 'goto b7' | broken target "goes on in b7, which it does not have"
printf '%s\n' "$f" b0 '3:x return' exit | broken column "expected LINE:COLUMN"
printf '%s\n' "$f" b0 '3:1 return 99999999999999999999' exit | broken number "expected a number of 64 bits"
printf '%s\n' "$f" b0 '3:1 return %1' exit | broken temporary "expected a temporary that a row before it sets"
printf '%s\n' "$f" b0 '3:1 %2 = 1' exit | broken gap "expected the next temporary"
printf '%s\n' "$f" b0 '3:1 return x' exit | broken unknown "'x' is no parameter or local variable here"
printf '%s\n' "$f" b0 '3:1 return $g.n' exit | broken member "'.n' of what is no struct or union"
printf '%s\n' "$f" b0 '3:1 return (1 ** 2)' exit | broken operator "expected ')'"
printf '%s\n' "$f" | broken bodiless "expected a block"
printf '%s\n' 'unread odd static a.c:5:1:6 #i32' | broken reason "expected the reason why it was not read"
printf '%s\n' 'guard vm.n guarded_by(&that->n)' | broken guard "'that' is no parameter or local variable here"
printf '%s\n' 'comment a.c:3:1 allow(x) y' | broken comment "expected 'comment FILE:LINE:COLUMN:END TEXT'"
printf '%s\n' 'comment a.c:3:1:4 ' | broken silence "expected what the comment says"
