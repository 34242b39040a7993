// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// One VM by many names: vcpu->kvm, a copy of it, container_of() of a notifier, a
// pointer to kvm->arch.

#include <linux/kvm_host.h>

struct vm { struct kvm kvm; struct list_head notifier; };

static void need_write(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

void by_vcpu(struct kvm_vcpu *vcpu)
{
	struct kvm *kvm = vcpu->kvm;

	write_lock(&vcpu->kvm->mmu_lock);
	need_write(kvm);
	write_unlock(&kvm->mmu_lock);
}

void by_notifier(struct list_head *mn)
{
	struct vm *vm = container_of(mn, struct vm, notifier);

	write_lock(&container_of(mn, struct vm, notifier)->kvm.mmu_lock);
	need_write(&vm->kvm);
	write_unlock(&vm->kvm.mmu_lock);
}

void by_arch(struct kvm *kvm)
{
	struct kvm_arch *ka = &kvm->arch;

	write_lock(&kvm->mmu_lock);
	spin_lock(&ka->tdp_mmu_pages_lock);
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
	write_unlock(&kvm->mmu_lock);
}
