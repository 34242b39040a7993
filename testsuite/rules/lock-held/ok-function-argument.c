// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A function that is passed to a walker, and one that is picked by "?:".

#include <linux/kvm_host.h>

typedef bool (*rmap_fn)(struct kvm *kvm);

static bool zap_rmap(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	return true;
}

static bool clear_dirty(struct kvm *kvm)
{
	lockdep_assert_held(&kvm->mmu_lock);
	return false;
}

static bool walk(struct kvm *kvm, rmap_fn fn)
{
	return fn(kvm);
}

void zap_slot(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	walk(kvm, zap_rmap);
	write_unlock(&kvm->mmu_lock);
	read_lock(&kvm->mmu_lock);
	walk(kvm, clear_dirty);
	read_unlock(&kvm->mmu_lock);
}

void either(struct kvm *kvm, bool dirty)
{
	rmap_fn fn = dirty ? clear_dirty : zap_rmap;

	write_lock(&kvm->mmu_lock);
	walk(kvm, fn);
	write_unlock(&kvm->mmu_lock);
}
