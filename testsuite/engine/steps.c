// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s %S/Inputs/steps.contracts | %check
//
// Steps that have to be taken in order and under one lock, and a debt that has to
// be paid before the lock goes.

#include <linux/kvm_host.h>

void look(struct kvm *kvm);
bool check(struct kvm *kvm);
void use(struct kvm *kvm);
bool zap(struct kvm *kvm);
void flush(struct kvm *kvm);

void in_order(struct kvm *kvm)
{
	look(kvm);
	write_lock(&kvm->mmu_lock);
	if (!check(kvm))
		use(kvm);
	write_unlock(&kvm->mmu_lock);
}

void unchecked_bad(struct kvm *kvm)
{
	look(kvm);
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: use() is called without kvm.checked [zap-in-invalidation]
	use(kvm);
	write_unlock(&kvm->mmu_lock);
}

void not_looked_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	if (!check(kvm))
		// CHECK: :[[@LINE+1]]:{{.*}}warning: use() is called without kvm.checked [zap-in-invalidation]
		use(kvm);
	write_unlock(&kvm->mmu_lock);
}

void other_section_bad(struct kvm *kvm)
{
	bool stale;

	look(kvm);
	write_lock(&kvm->mmu_lock);
	stale = check(kvm);
	write_unlock(&kvm->mmu_lock);
	write_lock(&kvm->mmu_lock);
	if (!stale)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: use() is called without kvm.checked [zap-in-invalidation]
		use(kvm);
	write_unlock(&kvm->mmu_lock);
}

static bool zap_both(struct kvm *kvm)
{
	bool flush = zap(kvm);

	flush |= zap(kvm);
	return flush;
}

void paid(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	if (zap_both(kvm))
		flush(kvm);
	write_unlock(&kvm->mmu_lock);
}

void overwritten_bad(struct kvm *kvm)
{
	bool need;

	write_lock(&kvm->mmu_lock);
	need = zap(kvm);
	need = zap(kvm);
	if (need)
		flush(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped before kvm.owed is settled [zap-in-invalidation]
	write_unlock(&kvm->mmu_lock);
}

void yielded_bad(struct kvm *kvm)
{
	bool need;

	write_lock(&kvm->mmu_lock);
	need = zap_both(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is yielded before kvm.owed is settled [zap-in-invalidation]
	cond_resched_rwlock_write(&kvm->mmu_lock);
	if (need)
		flush(kvm);
	write_unlock(&kvm->mmu_lock);
}

void ignored_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	zap(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped before kvm.owed is settled [zap-in-invalidation]
	write_unlock(&kvm->mmu_lock);
}

void nobody_runs(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	if (zap(kvm) && kvm->created_vcpus)
		flush(kvm);
	write_unlock(&kvm->mmu_lock);
}
