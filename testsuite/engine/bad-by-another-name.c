// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// module_init() calls a static function by another name, assembly one that is
// marked as used.
#include <linux/kvm_host.h>

extern struct kvm *the_kvm;

static void walk(void)
{
	lockdep_assert_held_write(&the_kvm->mmu_lock);
}

static int vmx_init(void)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: walk() is called without {{.*}}[lock-held]
	walk();
	return 0;
}
int init_module(void) __attribute__((alias("vmx_init")));

static void __attribute__((used)) from_assembly(void)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: walk() is called without {{.*}}[lock-held]
	walk();
}
