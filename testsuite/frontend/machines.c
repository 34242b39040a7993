// SPDX-License-Identifier: GPL-2.0-only
// RUN: mmucheck-facts --out - -- -m32 --arch=x86 -c %s | FileCheck-19 --check-prefixes=ILP32,CHECK -DARCH=i386 %s
// RUN: mmucheck-facts --out - -- --arch=arm64 -c %s | FileCheck-19 --check-prefixes=LP64,CHECK -DARCH=aarch64 %s
// RUN: mmucheck-facts --out - -- -I/src/arch/arm64/include -c %s | FileCheck-19 --check-prefixes=LP64,CHECK -DARCH=aarch64 %s
// RUN: mmucheck-facts --out - -- -I./arch/riscv/include -mabi=lp64 -c %s | FileCheck-19 --check-prefixes=LP64,CHECK -DARCH=riscv64 %s
// RUN: mmucheck-facts --out - -- -Iarch/s390/include -march=z10 -c %s | FileCheck-19 --check-prefixes=LP64,CHECK -DARCH=s390x %s
// RUN: mmucheck-facts --out - -- --target=riscv32 -I./arch/x86/include -c %s | FileCheck-19 --check-prefixes=ILP32,CHECK -DARCH=riscv32 %s
//
// gcc's command line does not say the machine; kbuild's include path does. How
// wide pointers and longs are stands in the target row and in each type.

// ILP32: target [[ARCH]] 32
// ILP32: type word u32
// LP64: target [[ARCH]] 64
// LP64: type word u64
// CHECK: func width global
// CHECK: param w #word
typedef unsigned long word;
void *width(word w)
{
	return (void *)w;
}
