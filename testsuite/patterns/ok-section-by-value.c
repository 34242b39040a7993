// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
// RUN: %judge -DSLEEPS %s | %check --check-prefix=SLEEPS
//
// A section that is open where the value is not zero, which is no error: a pair
// of helpers opens it and ends it, round by round.

#include <linux/kvm_host.h>

unsigned long take_value(void *head);

static unsigned long begin(void *head)
{
	unsigned long value;

	preempt_disable();
	value = take_value(head);
	if (!value)
		preempt_enable();
	return value;
}

static void end(void *head, unsigned long value)
{
	if (!value)
		return;
	preempt_enable();
}

void count(struct kvm *kvm, int n)
{
	unsigned long value;

	do {
		value = begin(kvm);
#ifdef SLEEPS
// SLEEPS: ok-section-by-value.c:[[@LINE+1]]:3: warning: mutex_lock() may sleep under preempt-off [sleep-in-atomic]
		mutex_lock(&kvm->lock);
		mutex_unlock(&kvm->lock);
#endif
		end(kvm, value);
	} while (n--);
}
