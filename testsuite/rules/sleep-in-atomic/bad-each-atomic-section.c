// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// RCU, preemption, interrupts, a raw spinlock: each by itself.

#include <linux/kvm_host.h>

struct timer { raw_spinlock_t lock; };

void in_rcu(void)
{
	rcu_read_lock();
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}} may sleep under rcu [sleep-in-atomic]
	might_sleep();
	rcu_read_unlock();
}

void without_preemption(void)
{
	preempt_disable();
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}} may sleep under preempt-off [sleep-in-atomic]
	might_sleep();
	preempt_enable();
}

void without_interrupts(void)
{
	local_irq_disable();
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}} may sleep under irqs-off [sleep-in-atomic]
	might_sleep();
	local_irq_enable();
}

void under_raw(struct timer *timer)
{
	raw_spin_lock(&timer->lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}} may sleep under timer.lock [sleep-in-atomic]
	might_sleep();
	raw_spin_unlock(&timer->lock);
}
