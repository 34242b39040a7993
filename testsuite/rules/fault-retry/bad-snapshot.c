// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// In a fault the sequence is copied, and the barrier passed, before the pfn is
// resolved. Elsewhere nobody asks for it.

#include <linux/compiler.h>
#include <linux/kvm_host.h>

u64 gfn_to_pfn_memslot(struct kvm_memory_slot *slot, gfn_t gfn);
void kvm_release_pfn_clean(u64 pfn);

static u64 resolve(struct kvm_memory_slot *slot, gfn_t gfn)
{
	return gfn_to_pfn_memslot(slot, gfn);
}

u64 elsewhere(struct kvm_memory_slot *slot, gfn_t gfn)
{
	return resolve(slot, gfn);
}

static u64 seq;

static u64 kvm_faultin_pfn(struct kvm_vcpu *vcpu, struct kvm_memory_slot *slot,
			   int how)
{
	u64 pfn;

	mutex_lock(&vcpu->mutex);
	if (how == 0) {
		seq = vcpu->kvm->mmu_invalidate_seq;
		smp_rmb();
		pfn = gfn_to_pfn_memslot(slot, 0);
	} else if (how == 1) {
		seq = vcpu->kvm->mmu_invalidate_seq;
		// CHECK: :[[@LINE+1]]:{{.*}}warning: gfn_to_pfn_memslot() is called without kvm.seq_snapshot [fault-retry]
		pfn = gfn_to_pfn_memslot(slot, 1);
	} else {
		// CHECK: :[[@LINE+1]]:{{.*}}warning: gfn_to_pfn_memslot() is called without kvm.seq_snapshot [fault-retry]
		pfn = gfn_to_pfn_memslot(slot, 2);
	}
	mutex_unlock(&vcpu->mutex);
	return pfn;
}

static u64 direct_page_fault(struct kvm_vcpu *vcpu, struct kvm_memory_slot *slot,
			     int how)
{
	u64 pfn = kvm_faultin_pfn(vcpu, slot, how);

	kvm_release_pfn_clean(pfn);
	return pfn;
}

u64 fault(struct kvm_vcpu *vcpu, struct kvm_memory_slot *slot, int how)
{
	return direct_page_fault(vcpu, slot, how);
}
