// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: gcc-12, clang-14, clang-16, sparse
// RUN: %gcc-12 %s 2>&1 | %check
// RUN: %clang-14 %s 2>&1 | %check
// RUN: %clang-16 %s 2>&1 | %check
// RUN: %clang-19 %s 2>&1 | %check
// RUN: %sparse %s 2>&1 | %check
// RUN: %reader %s 2>&1 | %check
//
// Every word, on declarations: no compiler has anything to say.
#include "kvm.h"

context_lock_struct(own_lock) {
	int readers;
};

struct page {
	int root_count __guarded_by_member(struct kvm, mmu_lock);
};

struct roots {
	rwlock_t lock;
	int count __guarded_by(&lock);
	int *list __pt_guarded_by(&lock);
};

__lock_order(struct kvm, slots_lock, struct kvm, mmu_lock);
__lock_nests(struct kvm, mmu_lock, struct kvm_arch, pages_lock);

void must_hold(struct kvm *kvm) __must_hold(&kvm->mmu_lock);
void must_hold_shared(struct kvm *kvm) __must_hold_shared(&kvm->mmu_lock);
void must_not_hold(struct kvm *kvm) __must_not_hold(&kvm->mmu_lock);
void acquires(struct kvm *kvm) __acquires(&kvm->mmu_lock);
void acquires_shared(struct kvm *kvm) __acquires_shared(&kvm->mmu_lock);
void releases(struct kvm *kvm) __releases(&kvm->mmu_lock);
void releases_shared(struct kvm *kvm) __releases_shared(&kvm->mmu_lock);
bool cond_true(struct kvm *kvm) __cond_acquires(true, &kvm->mmu_lock);
bool cond_false(struct kvm *kvm) __cond_acquires(false, &kvm->mmu_lock);
int cond_0(struct kvm *kvm) __cond_acquires(0, &kvm->mmu_lock);
int cond_nonzero(struct kvm *kvm) __cond_acquires(nonzero, &kvm->mmu_lock);
void *cond_nonnull(struct kvm *kvm) __cond_acquires(nonnull, &kvm->mmu_lock);
void *cond_null(struct kvm *kvm) __cond_acquires(NULL, &kvm->mmu_lock);
bool cond_shared(struct kvm *kvm) __cond_acquires_shared(true, &kvm->mmu_lock);
bool cond_drop(struct kvm *kvm) __cond_releases(true, &kvm->mmu_lock);
bool cond_drop_shared(struct kvm *kvm)
	__cond_releases_shared(false, &kvm->mmu_lock);
void unsafe(struct kvm *kvm) __context_unsafe("alone");

void only_shared(struct kvm *kvm) __must_hold_only_shared(&kvm->mmu_lock);
void any(struct kvm *kvm) __must_hold_any(&kvm->mmu_lock, &kvm->slots_lock);
void mode(struct kvm *kvm, bool shared)
	__must_hold_mode(shared, &kvm->mmu_lock);
void hold_if(struct kvm *kvm) __must_hold_if(kvm->users, &kvm->mmu_lock);
void yields(struct kvm *kvm) __yields(&kvm->mmu_lock);
void yields_if(struct kvm *kvm, bool can_yield)
	__yields_if(can_yield, &kvm->mmu_lock);
void sleeps(void) __may_sleep;
void sleeps_if(bool atomic) __may_sleep_if(!atomic);
void never_sleeps(void) __must_not_sleep;
void opens(struct kvm *kvm) __opens_window(kvm->invalidate_in_progress);
void closes(struct kvm *kvm) __closes_window(kvm->invalidate_in_progress);
void inside(struct kvm *kvm) __must_be_in_window(kvm->invalidate_in_progress);
void owes(struct kvm *kvm) __owes(flush_owed, kvm);
bool returns_debt(struct kvm *kvm, bool flush)
	__takes_debt(flush_owed, flush) __returns_debt(flush_owed, kvm);
void settles(struct kvm *kvm) __settles(flush_owed, kvm);
void paid(struct kvm *kvm) __must_not_owe(flush_owed, kvm);
