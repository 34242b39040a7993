// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s >%t.facts
// RUN: %mmucheck stats --open --contracts %S/Inputs/entered.contracts %t.facts | FileCheck-19 %s
//
// One row says how a slot is entered, another says it of a function that is in it:
// both are so. Of the other function in the slot only the first is.
// CHECK: asserts 4: 3 proved, 0 broken, 1 open
#include <linux/kvm_host.h>

struct cpu_ops {
	void (*suspend)(void);
};

struct mutex usage_lock;

static void suspend(void)
{
	lockdep_assert_irqs_disabled();
	lockdep_assert_held(&usage_lock);
}

static void other(void)
{
	lockdep_assert_irqs_disabled();
	// CHECK: :[[@LINE+1]]:{{.*}}open: lockdep_assert_held() in other()
	lockdep_assert_held(&usage_lock);
}

struct cpu_ops first = { .suspend = suspend };
struct cpu_ops second = { .suspend = other };
