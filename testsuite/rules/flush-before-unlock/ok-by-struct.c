// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The debt goes by a member, by a pointer to a function, and by one of two bools.

#include <linux/kvm_host.h>

void kvm_flush_remote_tlbs(struct kvm *kvm);
bool kvm_zap_all_rmap_sptes(struct kvm *kvm, void *rmap_head);

struct range {
	bool (*handler)(struct kvm *kvm, void *rmap_head);
	bool flush_on_ret;
};

static bool zap(struct kvm *kvm, void *rmap_head)
{
	return kvm_zap_all_rmap_sptes(kvm, rmap_head);
}

static void handle(struct kvm *kvm, const struct range *range, void **heads)
{
	bool ret = false;
	int i;

	write_lock(&kvm->mmu_lock);
	for (i = 0; i < 4; i++)
		ret |= range->handler(kvm, heads[i]);
	if (range->flush_on_ret && ret)
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}

void by_member(struct kvm *kvm, void **heads)
{
	struct range range = { .handler = zap, .flush_on_ret = true };

	handle(kvm, &range, heads);
}

void by_one_of_two(struct kvm *kvm, void **heads)
{
	bool one = false, other = false;
	int i;

	write_lock(&kvm->mmu_lock);
	for (i = 0; i < 4; i++) {
		if (heads[i] == heads[0])
			one |= kvm_zap_all_rmap_sptes(kvm, heads[i]);
		else
			other |= kvm_zap_all_rmap_sptes(kvm, heads[i]);
	}
	if (one || other)
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}
