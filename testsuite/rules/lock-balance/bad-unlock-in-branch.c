// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The function that is there to unlock does so in one branch only: it is wrong,
// not those who call it.

#include <linux/kvm_host.h>

void kick(struct kvm *kvm);
void change(struct kvm *kvm);

static void gpc_begin(struct kvm *kvm)
{
	spin_lock(&kvm->gpc_lock);
}

static void gpc_end(struct kvm *kvm)
{
	if (kvm->created_vcpus) {
		spin_unlock(&kvm->gpc_lock);
		kick(kvm);
	}
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gpc_end() returns with kvm.gpc_lock held [lock-balance]
}

void change_once(struct kvm *kvm)
{
	gpc_begin(kvm);
	change(kvm);
	gpc_end(kvm);
}

void change_twice(struct kvm *kvm)
{
	gpc_begin(kvm);
	change(kvm);
	gpc_end(kvm);
	gpc_begin(kvm);
	change(kvm);
	gpc_end(kvm);
}
