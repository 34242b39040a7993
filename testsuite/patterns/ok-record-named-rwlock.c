// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
// RUN: %judge -DREAD %s | %check --check-prefix=READ
//
// Since 7.0 an rwlock_t is a record with a name; one that is passed to a helper
// keeps its class.

#define rwlock_t old_rwlock_t
#include <linux/spinlock.h>
#undef rwlock_t
typedef struct rwlock { int held; } rwlock_t;
#include <linux/kvm_host.h>

static void begin(rwlock_t *lock)
{
#ifdef READ
	read_lock((void *)lock);
#else
	write_lock((void *)lock);
#endif
}

static void end(rwlock_t *lock)
{
#ifdef READ
	read_unlock((void *)lock);
#else
	write_unlock((void *)lock);
#endif
}

static void asks(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

void zap(struct kvm *kvm)
{
	begin(&kvm->mmu_lock);
// READ: ok-record-named-rwlock.c:[[@LINE+1]]:2: warning: asks() is called without kvm.mmu_lock for write [lock-held]
	asks(kvm);
	end(&kvm->mmu_lock);
}
