// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -I%annotations %s | %check
//
// Where a function says that it must not sleep, it does not, whoever calls it.
#include <linux/kvm_host.h>
#include "mmucheck.h"

void kvm_topup(struct kvm *kvm) __may_sleep;

static void age_bad(struct kvm *kvm) __must_not_sleep;
static void age_bad(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}kvm_topup() may sleep under must_not_sleep [sleep-in-atomic]
	kvm_topup(kvm);
}

static void deeper(struct kvm *kvm)
{
	mutex_lock(&kvm->lock);
	mutex_unlock(&kvm->lock);
}

void kvm_test_bad(struct kvm *kvm) __must_not_sleep;
void kvm_test_bad(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}deeper() may sleep under must_not_sleep [sleep-in-atomic]
	deeper(kvm);
}

static void count_ok(struct kvm *kvm) __must_not_sleep;
static void count_ok(struct kvm *kvm)
{
	spin_lock(&kvm->gpc_lock);
	spin_unlock(&kvm->gpc_lock);
}

void kvm_notifier_ok(struct kvm *kvm)
{
	kvm_topup(kvm);
	age_bad(kvm);
	count_ok(kvm);
	kvm_topup(kvm);
	deeper(kvm);
}
