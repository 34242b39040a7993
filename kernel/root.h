/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_ROOT_H
#define MMU_ROOT_H

void kvm_init_mmu(struct kvm_vcpu *vcpu);
void kvm_vcpu_enter_nested(struct kvm_vcpu *vcpu, gfn_t pgd);
void kvm_vcpu_leave_nested(struct kvm_vcpu *vcpu);
int kvm_mmu_reload(struct kvm_vcpu *vcpu);
void kvm_mmu_unload(struct kvm_vcpu *vcpu);
bool is_obsolete_root(struct kvm *kvm, hpa_t root);

#endif
