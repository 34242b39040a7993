// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// By the names of 5.15: an invalidation ends in order, a root is whole when it is
// allocated, and vCPUs are told that theirs are obsolete.

#include <linux/compiler.h>
#include <linux/kvm_host.h>

struct kvm_mmu_page *alloc_tdp_mmu_page(struct kvm_vcpu *vcpu, gfn_t gfn, int level);

void kvm_dec_notifier_count(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	kvm->mmu_invalidate_seq++;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: needs kvm.written [publish-order]
	kvm->mmu_invalidate_in_progress--;
}

void end(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	kvm_dec_notifier_count(kvm);
	write_unlock(&kvm->mmu_lock);
}

hpa_t kvm_tdp_mmu_get_vcpu_root_hpa(struct kvm_vcpu *vcpu, refcount_t *count)
{
	struct kvm *kvm = vcpu->kvm;
	struct kvm_mmu_page *root;

	lockdep_assert_held_write(&kvm->mmu_lock);
	root = alloc_tdp_mmu_page(vcpu, 0, 4);
	refcount_set(count, 1);
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	list_add_rcu(&root->link, &kvm->arch.tdp_mmu_roots);
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
	return (hpa_t)root->spt;
}

hpa_t load(struct kvm_vcpu *vcpu, refcount_t *count)
{
	hpa_t root;

	write_lock(&vcpu->kvm->mmu_lock);
	root = kvm_tdp_mmu_get_vcpu_root_hpa(vcpu, count);
	write_unlock(&vcpu->kvm->mmu_lock);
	return root;
}

void kvm_reload_remote_mmus(struct kvm *kvm);

void kvm_mmu_zap_all_fast(struct kvm *kvm, bool tell)
{
	lockdep_assert_held(&kvm->slots_lock);
	write_lock(&kvm->mmu_lock);
	kvm->arch.mmu_valid_gen++;
	if (tell)
		kvm_reload_remote_mmus(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped before kvm.roots_untold is settled [publish-order]
	write_unlock(&kvm->mmu_lock);
}
