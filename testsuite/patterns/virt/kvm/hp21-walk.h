/* SPDX-License-Identifier: GPL-2.0-only */
/* Included once for each width: FNAME() gives the functions their names. */

static int FNAME(look_up)(struct kvm *kvm, pt_element_t *pte)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	return *pte != 0;
}

int FNAME(page_fault)(struct kvm *kvm, pt_element_t *pte)
{
	int r;

	write_lock(&kvm->mmu_lock);
	r = FNAME(look_up)(kvm, pte);
	write_unlock(&kvm->mmu_lock);
	return r;
}

int FNAME(page_fault_bad)(struct kvm *kvm, pt_element_t *pte)
{
	return FNAME(look_up)(kvm, pte);
}
