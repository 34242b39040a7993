// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: spatch
// RUN: sh %S/../Inputs/check-rule %top lockdep-assert
#include "kvm.h"

void lockdep_assert_held(const void *lock);
void lockdep_assert_held_write(const void *lock);
void lockdep_assert_held_read(const void *lock);

#define DECLARE_BITMAP(name, bits)	unsigned long name[(bits) / 64]

int asserts_ok(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	return kvm->users;
}

/* Nobody has proved anything. */
int not_listed_ok(struct kvm *kvm)
{
	return kvm->users;
}

int zap_bad(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	gfn_t gfn = sp->gfn;
	int n = 0;

	if (!gfn)
		return 0;
	while (gfn--)
		n += kvm->users;
	return n;
}

int age_bad(struct kvm *kvm)
{
	return kvm->users;
}

void slot_bad(struct kvm_vcpu *vcpu)
{
	vcpu->kvm->users++;
}

int other_lock_bad(struct kvm *kvm)
{
	lockdep_assert_held(&kvm->slots_lock);
	return kvm->users;
}

/* What stands behind the macro is no first statement. */
int by_macro_ok(struct kvm *kvm)
{
	DECLARE_BITMAP(map, 64);
	int n = 0;

	map[0] = 1;
	return map[0] + n;
}
