// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -I%annotations %s | %check
//
// A debt that a word says is made, handed on or not to be there.
#include <linux/kvm_host.h>
#include "mmucheck.h"

void spte_clear(struct kvm *kvm) __owes(flush_owed, kvm);
bool zap_gfn(struct kvm *kvm) __returns_debt(flush_owed, kvm);
bool zap_more(struct kvm *kvm, bool flush)
	__takes_debt(flush_owed, flush) __returns_debt(flush_owed, kvm);
void flush_tlbs(struct kvm *kvm) __settles(flush_owed, kvm);
void page_free(struct kvm *kvm) __must_not_owe(flush_owed, kvm);

void settled_ok(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	spte_clear(kvm);
	flush_tlbs(kvm);
	page_free(kvm);
	write_unlock(&kvm->mmu_lock);
}

void owes_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	spte_clear(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped before kvm.flush_owed is settled [flush-before-unlock]
	write_unlock(&kvm->mmu_lock);
}

void must_not_owe_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	spte_clear(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: page_free() is called with kvm.flush_owed [flush-before-unlock]
	page_free(kvm);
	flush_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}

void returned_ok(struct kvm *kvm)
{
	bool flush;

	write_lock(&kvm->mmu_lock);
	flush = zap_gfn(kvm);
	flush = zap_more(kvm, flush);
	if (flush)
		flush_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}

void returned_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	zap_gfn(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped before kvm.flush_owed is settled [flush-before-unlock]
	write_unlock(&kvm->mmu_lock);
}

void not_handed_on_bad(struct kvm *kvm)
{
	bool flush;

	write_lock(&kvm->mmu_lock);
	flush = zap_gfn(kvm);
	flush = zap_more(kvm, false);
	if (flush)
		flush_tlbs(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped before kvm.flush_owed is settled [flush-before-unlock]
	write_unlock(&kvm->mmu_lock);
}

static bool hand_back_ok(struct kvm *kvm, bool flush)
	__takes_debt(flush_owed, flush) __returns_debt(flush_owed, kvm)
{
	return zap_gfn(kvm) | flush;
}

static bool forgets(struct kvm *kvm, bool flush)
	__takes_debt(flush_owed, flush) __returns_debt(flush_owed, kvm)
{
	return zap_gfn(kvm);
}

void handed_back_ok(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	if (hand_back_ok(kvm, true))
		flush_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}

void forgotten_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	if (forgets(kvm, true))
		flush_tlbs(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped before kvm.flush_owed is settled [flush-before-unlock]
	write_unlock(&kvm->mmu_lock);
}
