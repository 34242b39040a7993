// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Called through a table: every function in that slot gets what the caller holds.

#include <linux/kvm_host.h>

struct ops { void (*zap)(struct kvm *kvm); void (*load)(struct kvm *kvm); };

static void intel_zap(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

static void amd_zap(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

static void any_load(struct kvm *kvm)
{
	lockdep_assert_not_held(&kvm->mmu_lock);
}

static const struct ops intel = { .zap = intel_zap, .load = any_load };
static const struct ops amd = { .zap = amd_zap, .load = any_load };

const struct ops *ops;

void set_vendor(bool is_intel)
{
	ops = is_intel ? &intel : &amd;
}

void zap_all(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	ops->zap(kvm);
	write_unlock(&kvm->mmu_lock);
	ops->load(kvm);
}
