/* SPDX-License-Identifier: GPL-2.0-only */
/* Just enough of the kernel's names for the inputs of the rules to compile. */
#ifndef TEST_COCCI_KVM_H
#define TEST_COCCI_KVM_H

#define NULL		((void *)0)
#define EFAULT		14
#define ENOMEM		12
#define EINVAL		22
#define EIO		5

typedef _Bool bool;
enum { false, true };
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef u64 gpa_t;
typedef u64 gfn_t;
typedef u64 hpa_t;
typedef u64 kvm_pfn_t;

typedef struct { int raw; } rwlock_t;
typedef struct { int raw; } spinlock_t;
struct mutex { int raw; };
struct page { int raw; };
struct folio { struct page page; };

void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void read_lock(rwlock_t *lock);
void read_unlock(rwlock_t *lock);
void write_lock(rwlock_t *lock);
void write_unlock(rwlock_t *lock);
void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
bool WARN_ON_ONCE(bool cond);

/* As linux/cleanup.h does it. */
static inline void drop_mutex(struct mutex **lock) { mutex_unlock(*lock); }
static inline void drop_write(rwlock_t **lock) { write_unlock(*lock); }
static inline struct mutex *take_mutex(struct mutex *lock) { mutex_lock(lock); return lock; }
static inline rwlock_t *take_write(rwlock_t *lock) { write_lock(lock); return lock; }
#define guard_mutex(l)							\
	struct mutex *held __attribute__((cleanup(drop_mutex))) = take_mutex(l)
#define guard_write_lock(l)						\
	rwlock_t *held __attribute__((cleanup(drop_write))) = take_write(l)
#define guard(kind)	guard_##kind

struct kvm_arch {
	spinlock_t mmu_unsync_pages_lock;
	spinlock_t tdp_mmu_pages_lock;
};

struct kvm {
	rwlock_t mmu_lock;
	struct mutex slots_lock;
	struct mutex lock;
	int users;
	struct kvm_arch arch;
};

struct kvm_vcpu {
	struct kvm *kvm;
};

struct kvm_mmu_page {
	int unsync;
	gfn_t gfn;
	u64 *spt;
};

#endif
