// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: spatch
// RUN: sh %S/../Inputs/check-rule %top bug-on
#include "kvm.h"

void BUG(void);
void BUG_ON(bool cond);
bool KVM_BUG_ON(bool cond, struct kvm *kvm);

/* Nothing to return an error by. */
void void_ok(struct kvm *kvm)
{
	BUG_ON(!kvm->users);
}

/* Returns a number. */
int count_ok(struct kvm *kvm)
{
	BUG_ON(!kvm->users);
	return kvm->users - 1;
}

int kvm_bad(struct kvm *kvm, int slot)
{
	if (KVM_BUG_ON(!kvm->users, kvm))
		return -EIO;
	if (slot < 0)
		return -EINVAL;
	return 0;
}

int vcpu_bad(struct kvm_vcpu *vcpu, int slot)
{
	if (slot < 0)
		return -EINVAL;
	if (KVM_BUG_ON(slot > vcpu->kvm->users, vcpu->kvm))
		return -EIO;
	return 0;
}

/* Said, but not patched: the lock would stay. */
int locked_bad(struct kvm *kvm, int slot)
{
	mutex_lock(&kvm->slots_lock);
	BUG_ON(!kvm->users);
	mutex_unlock(&kvm->slots_lock);
	if (slot < 0)
		return -EINVAL;
	return 0;
}

int default_bad(int level)
{
	switch (level) {
	case 1:
		return 0;
	case 2:
		return -EINVAL;
	default:
		BUG();
	}
	return 0;
}
