/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_VM_H
#define MMU_VM_H

/* What a VM is made with; see struct kvm_arch */
#define KVM_VM_TDP		BIT(0)
#define KVM_VM_AD_BITS		BIT(1)
#define KVM_VM_NX_HUGE_PAGES	BIT(2)

struct kvm *kvm_create_vm(struct host_mm *mm, unsigned int flags);
void kvm_put_kvm(struct kvm *kvm);
struct kvm_vcpu *kvm_create_vcpu(struct kvm *kvm);

void kvm_make_all_cpus_request(struct kvm *kvm, int req);
bool kvm_check_request(int req, struct kvm_vcpu *vcpu);
void kvm_flush_remote_tlbs(struct kvm *kvm);
void kvm_flush_remote_tlbs_gfn(struct kvm *kvm, gfn_t gfn, int level);
void kvm_flush_remote_tlbs_memslot(struct kvm *kvm, const struct kvm_memory_slot *slot);

int kvm_mmu_topup_caches(struct kvm_mmu_caches *caches);
int kvm_mmu_topup_split_caches(struct kvm_mmu_caches *caches);
void kvm_mmu_free_caches(struct kvm_mmu_caches *caches);
void *kvm_mmu_memory_cache_alloc(struct kvm_mmu_memory_cache *cache);

#endif
