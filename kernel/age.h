/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_AGE_H
#define MMU_AGE_H

bool kvm_age_gfn(struct kvm *kvm, struct kvm_gfn_range *range);
bool kvm_test_age_gfn(struct kvm *kvm, struct kvm_gfn_range *range);

#endif
