// SPDX-License-Identifier: GPL-2.0-only
// RUN: mmucheck-facts --out %t.plain -- -O2 -DN=1 -c %s
//
// Sparse's words, as make C=2 puts them in front:
// RUN: mmucheck-facts --out %t.sparse -- -D__linux__ -Dlinux -D__STDC__ -Dunix -D__unix__ -Wbitwise -Wno-return-void -Wno-unknown-attribute -D__x86_64__ --arch=x86 -mlittle-endian -m64 -O2 -DN=1 %s
// RUN: cmp %t.plain %t.sparse
//
// What only gcc knows:
// RUN: mmucheck-facts --out %t.gcc -- -Wp,-MMD,.kbuild-flags.o.d -O2 -DN=1 -mindirect-branch=thunk-extern -mindirect-branch-register -mfunction-return=thunk-extern -mpreferred-stack-boundary=3 -mrecord-mcount -fconserve-stack -fno-allow-store-data-races -fno-ipa-sra -flive-patching=inline-clone -fplugin=./structleak.so -fplugin-arg-structleak-byref --param allow-store-data-races=0 --param=asan-stack=1 -march=no-such-cpu -Wa,-mx86-used-note=no -Werror=designated-init -fsanitize=kernel-address -c -o kbuild-flags.o %s
// RUN: cmp %t.plain %t.gcc
//
// Flags that Clang knows, but not for this machine:
// RUN: mmucheck-facts --out %t.other -- -mpacked-stack -mbackchain -mwarn-dynamicstack -mabi=lp64 -O2 -DN=1 -c %s
// RUN: cmp %t.plain %t.other
//
// RUN: FileCheck-19 %s <%t.plain
// CHECK: return 1
int n(void) { return N; }
