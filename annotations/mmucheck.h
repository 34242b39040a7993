/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lock contracts in the source: the words. VOCABULARY.md is the guide.
 *
 * The words that mainline has since Linux 7.0 are spelled and mean what they do
 * there, so that annotated code moves on unchanged; the others say what those
 * cannot. Under Clang each is an attribute whose lock expression is compiled: a
 * member that does not exist is an error. Under gcc and sparse they are nothing.
 *
 * A word that the kernel has defined stays the kernel's. Only the checker, which
 * says so by __MMUCHECK__, reads this header's meaning in any kernel.
 *
 * One lock to a word, and the words behind the parameter list, as in
 *
 *	void tdp_zap(struct kvm *kvm, gfn_t gfn)
 *		__must_hold(&kvm->mmu_lock) __yields(&kvm->mmu_lock);
 */
#ifndef _MMUCHECK_H
#define _MMUCHECK_H

#ifdef __MMUCHECK__
# undef __must_hold
# undef __must_hold_shared
# undef __must_not_hold
# undef __guarded_by
# undef __pt_guarded_by
# undef __context_unsafe
/*
 * Before 7.0 the kernel has these where no parameter is known yet, and of things
 * that are no lock. There they stay its own; the checker asks them of bodies.
 */
# ifdef __acquires_shared
#  undef __acquires
#  undef __acquires_shared
#  undef __cond_acquires
#  undef __cond_acquires_shared
#  undef __releases
#  undef __releases_shared
#  undef __cond_releases
#  undef __cond_releases_shared
# endif
#endif

/*
 * How a word gets to the compiler. An attribute of Clang's lock analysis where
 * there is one. Else a diagnose_if that is never true: Clang compiles its
 * expression with the parameters in scope, generates no code from it and its
 * lock analysis does not look at it. Clang before 19 does not see the other
 * members of a C struct in an attribute.
 */
#if defined(__clang__) && !defined(__CHECKER__) && !defined(__GENKSYMS__)
# define __mmucheck_attr(...)	__attribute__((__VA_ARGS__))
# define __mmucheck_word(word, ...)					\
	__attribute__((diagnose_if(0 && __mmucheck_words(0, ##__VA_ARGS__), \
				   "mmucheck:" word, "warning")))
extern int __mmucheck_words(int first, ...);
#else
# define __mmucheck_attr(...)
# define __mmucheck_word(word, ...)
#endif

#if defined(__clang__) && __clang_major__ >= 19
# define __mmucheck_member_attr(...)	__mmucheck_attr(__VA_ARGS__)
#else
# define __mmucheck_member_attr(...)
#endif

/* Text that only the checker needs; as an attribute it would change objects. */
#ifdef __MMUCHECK__
# define __mmucheck_text(...)	__attribute__((annotate(__VA_ARGS__)))
#else
# define __mmucheck_text(...)
#endif

/*
 * The words that mainline has
 */

/**
 * __must_hold() - function attribute, the caller holds the lock exclusively
 * @...: the lock, an expression over the parameters
 *
 * .. code-block:: c
 *
 *	void rmap_add(struct kvm *kvm, gfn_t gfn) __must_hold(&kvm->mmu_lock);
 */
#ifndef __must_hold
# define __must_hold(...)	__mmucheck_attr(requires_capability(__VA_ARGS__))
#endif

/**
 * __must_hold_shared() - function attribute, the caller holds the lock at least
 *                        shared
 * @...: the lock
 *
 * To hold it exclusively is enough. Where it is not, because two CPUs have to
 * be able to do this at once, say __must_hold_only_shared().
 *
 * .. code-block:: c
 *
 *	bool fault_is_stale(struct kvm *kvm) __must_hold_shared(&kvm->mmu_lock);
 */
#ifndef __must_hold_shared
# define __must_hold_shared(...)					\
	__mmucheck_attr(requires_shared_capability(__VA_ARGS__))
#endif

/**
 * __must_not_hold() - function attribute, the caller does not hold the lock
 * @...: the lock
 *
 * .. code-block:: c
 *
 *	void zap_all_fast(struct kvm *kvm) __must_not_hold(&kvm->mmu_lock);
 */
#ifndef __must_not_hold
# define __must_not_hold(...)	__mmucheck_attr(locks_excluded(__VA_ARGS__))
#endif

/**
 * __acquires() - function attribute, takes the lock exclusively and keeps it
 * @...: the lock
 *
 * .. code-block:: c
 *
 *	void lock_all(struct kvm *kvm) __acquires(&kvm->slots_lock);
 */
#ifndef __acquires
# define __acquires(...)	__mmucheck_attr(acquire_capability(__VA_ARGS__))
#endif

/**
 * __acquires_shared() - function attribute, takes the lock shared and keeps it
 * @...: the lock
 *
 * .. code-block:: c
 *
 *	void walk_begin(struct kvm *kvm) __acquires_shared(&kvm->mmu_lock);
 */
#ifndef __acquires_shared
# define __acquires_shared(...)						\
	__mmucheck_attr(acquire_shared_capability(__VA_ARGS__))
#endif

/**
 * __releases() - function attribute, drops a lock that the caller holds
 *                exclusively
 * @...: the lock
 *
 * .. code-block:: c
 *
 *	void unlock_all(struct kvm *kvm) __releases(&kvm->slots_lock);
 */
#ifndef __releases
# define __releases(...)	__mmucheck_attr(release_capability(__VA_ARGS__))
#endif

/**
 * __releases_shared() - function attribute, drops a lock that the caller holds
 *                       shared
 * @...: the lock
 *
 * .. code-block:: c
 *
 *	void walk_end(struct kvm *kvm) __releases_shared(&kvm->mmu_lock);
 */
#ifndef __releases_shared
# define __releases_shared(...)						\
	__mmucheck_attr(release_shared_capability(__VA_ARGS__))
#endif

/*
 * Kernels before 7.0 have a __cond_acquires(x) that does not say which result
 * means that the lock was taken. Both forms are taken there.
 */
#if defined(__cond_acquires) && !defined(__cond_acquires_shared)
# undef __cond_acquires
# define __cond_acquires(...)
# define __cond_acquires_shared(ret, x)
# define __cond_releases(ret, x)
# define __cond_releases_shared(ret, x)
#endif

/* The analysis knows zero and nonzero. */
#define __mmucheck_try_true(kind, ...)				\
	__mmucheck_attr(try_acquire##kind(1, __VA_ARGS__))
#define __mmucheck_try_nonzero(kind, ...)				\
	__mmucheck_attr(try_acquire##kind(1, __VA_ARGS__))
#define __mmucheck_try_nonnull(kind, ...)				\
	__mmucheck_attr(try_acquire##kind(1, __VA_ARGS__))
#define __mmucheck_try_false(kind, ...)				\
	__mmucheck_attr(try_acquire##kind(0, __VA_ARGS__))
#define __mmucheck_try_0(kind, ...)					\
	__mmucheck_attr(try_acquire##kind(0, __VA_ARGS__))
#define __mmucheck_try_NULL(kind, ...)				\
	__mmucheck_attr(try_acquire##kind(0, __VA_ARGS__))
/* __cond_acquires(lock), in a kernel header that the checker sees later */
#define __mmucheck_try_lock(kind, ...)

#define __mmucheck_not_true(kind, x)		__mmucheck_try_false(kind, x)
#define __mmucheck_not_nonzero(kind, x)	__mmucheck_try_0(kind, x)
#define __mmucheck_not_nonnull(kind, x)	__mmucheck_try_NULL(kind, x)
#define __mmucheck_not_false(kind, x)		__mmucheck_try_true(kind, x)
#define __mmucheck_not_0(kind, x)		__mmucheck_try_nonzero(kind, x)
#define __mmucheck_not_NULL(kind, x)		__mmucheck_try_nonnull(kind, x)

/**
 * __cond_acquires() - function attribute, takes the lock exclusively, or not
 * @ret: what is returned where it was taken: true, false, nonzero, 0, nonnull
 *       or NULL
 * @x: the lock
 *
 * .. code-block:: c
 *
 *	int lock_killable(struct kvm *kvm) __cond_acquires(0, &kvm->slots_lock);
 */
#ifndef __cond_acquires
# define __cond_acquires(ret, x...)	__mmucheck_try_##ret(_capability, x)
#endif

/**
 * __cond_acquires_shared() - function attribute, takes the lock shared, or not
 * @ret: as for __cond_acquires()
 * @x: the lock
 *
 * .. code-block:: c
 *
 *	bool try_walk(struct kvm *kvm)
 *		__cond_acquires_shared(true, &kvm->mmu_lock);
 */
#ifndef __cond_acquires_shared
# define __cond_acquires_shared(ret, x)				\
	__mmucheck_try_##ret(_shared_capability, x)
#endif

/**
 * __cond_releases() - function attribute, drops the lock of the caller, or not
 * @ret: what is returned where it was dropped, as for __cond_acquires()
 * @x: the lock, held exclusively on entry
 *
 * .. code-block:: c
 *
 *	bool put_root(struct kvm *kvm) __cond_releases(true, &kvm->mmu_lock);
 */
#ifndef __cond_releases
# define __cond_releases(ret, x)					\
	__releases(x) __mmucheck_not_##ret(_capability, x)
#endif

/**
 * __cond_releases_shared() - function attribute, drops the shared lock of the
 *                            caller, or not
 * @ret: as for __cond_releases()
 * @x: the lock, held shared on entry
 *
 * .. code-block:: c
 *
 *	bool walk_step(struct kvm *kvm)
 *		__cond_releases_shared(false, &kvm->mmu_lock);
 */
#ifndef __cond_releases_shared
# define __cond_releases_shared(ret, x)				\
	__releases_shared(x) __mmucheck_not_##ret(_shared_capability, x)
#endif

/**
 * __guarded_by() - member and global attribute, accessed only with the lock held
 * @...: the lock; in a struct, another member of it
 *
 * Shared is enough to read, exclusive is needed to write. For a lock in another
 * struct say __guarded_by_member().
 *
 * .. code-block:: c
 *
 *	struct kvm_roots {
 *		spinlock_t lock;
 *		struct list_head list __guarded_by(&lock);
 *	};
 */
#ifndef __guarded_by
# define __guarded_by(...)	__mmucheck_member_attr(guarded_by(__VA_ARGS__))
#endif

/**
 * __pt_guarded_by() - pointer attribute, what it points to is accessed only with
 *                     the lock held
 * @...: the lock
 *
 * .. code-block:: c
 *
 *	struct kvm_roots {
 *		spinlock_t lock;
 *		u64 *sptes __pt_guarded_by(&lock);
 *	};
 */
#ifndef __pt_guarded_by
# define __pt_guarded_by(...)						\
	__mmucheck_member_attr(pt_guarded_by(__VA_ARGS__))
#endif

/**
 * __context_unsafe() - function attribute, the body is not checked
 * @why: why that is safe, a string; without a reason it is an error
 *
 * .. code-block:: c
 *
 *	void kvm_destroy(struct kvm *kvm)
 *		__context_unsafe("nobody else has a reference any more");
 */
#ifndef __context_unsafe
# define __context_unsafe(why)						\
	__mmucheck_attr(no_thread_safety_analysis)			\
	__mmucheck_word("context_unsafe", why "",			\
			sizeof(char[sizeof(why "") > 1 ? 1 : -1]))
#endif

/*
 * Lock types of one's own, for code that is not built in a kernel
 */

#if !defined(context_lock_struct) && !defined(__KERNEL__)
/**
 * context_lock_struct() - define a struct that is a lock
 * @name: the struct's name
 *
 * With -Wthread-safety, Clang's own lock analysis believes only these.
 *
 * .. code-block:: c
 *
 *	context_lock_struct(rwlock) {
 *		int readers;
 *	};
 */
# define context_lock_struct(name)	struct __mmucheck_attr(capability(#name)) name
#endif

/*
 * The words that mainline lacks: what a function needs
 */

/**
 * __must_hold_only_shared() - function attribute, the caller holds the lock
 *                             shared and not exclusively
 * @x: the lock
 *
 * .. code-block:: c
 *
 *	int spte_cmpxchg(struct kvm *kvm, u64 *sptep)
 *		__must_hold_only_shared(&kvm->mmu_lock);
 */
#define __must_hold_only_shared(x)	__mmucheck_word("must_hold_only_shared", x)

/**
 * __must_hold_any() - function attribute, the caller holds one of the locks, in
 *                     whatever mode
 * @...: the locks; pass one alone for "in whatever mode"
 *
 * .. code-block:: c
 *
 *	struct memslots *slots_get(struct kvm *kvm)
 *		__must_hold_any(&kvm->slots_lock, &kvm->srcu);
 */
#define __must_hold_any(...)	__mmucheck_word("must_hold_any", __VA_ARGS__)

/**
 * __must_hold_mode() - function attribute, a parameter says how the lock is held
 * @shared: true on entry if it is held shared, else it is held exclusively
 * @x: the lock
 *
 * .. code-block:: c
 *
 *	void zap_root(struct kvm *kvm, bool shared)
 *		__must_hold_mode(shared, &kvm->mmu_lock);
 */
#define __must_hold_mode(shared, x)	__mmucheck_word("must_hold_mode", shared, x)

/**
 * __must_hold_if() - function attribute, the caller holds the lock exclusively
 *                    where the condition is true on entry
 * @cond: an expression over the parameters
 * @x: the lock
 *
 * .. code-block:: c
 *
 *	void roots_invalidate(struct kvm *kvm)
 *		__must_hold_if(kvm->users, &kvm->mmu_lock);
 */
#define __must_hold_if(cond, x)	__mmucheck_word("must_hold_if", cond, x)

/*
 * Yielding and sleeping
 */

/**
 * __yields() - function attribute, may drop the lock and take it again
 * @x: the lock, held on entry and on return
 *
 * What was true before the call need not be true after it.
 *
 * .. code-block:: c
 *
 *	void zap_leafs(struct kvm *kvm)
 *		__must_hold(&kvm->mmu_lock) __yields(&kvm->mmu_lock);
 */
#define __yields(x)		__mmucheck_word("yields", x)

/**
 * __yields_if() - function attribute, may yield where the condition is true on
 *                 entry
 * @cond: an expression over the parameters
 * @x: the lock
 *
 * .. code-block:: c
 *
 *	bool zap_range(struct kvm *kvm, bool can_yield)
 *		__must_hold(&kvm->mmu_lock)
 *		__yields_if(can_yield, &kvm->mmu_lock);
 */
#define __yields_if(cond, x)	__mmucheck_word("yields_if", cond, x)

/**
 * __may_sleep - function attribute, not to be called in atomic context
 *
 * .. code-block:: c
 *
 *	int topup_caches(struct kvm_vcpu *vcpu) __may_sleep;
 */
#define __may_sleep		__mmucheck_word("may_sleep")

/**
 * __may_sleep_if() - function attribute, may sleep where the condition is true
 *                    on entry
 * @cond: an expression over the parameters
 *
 * .. code-block:: c
 *
 *	kvm_pfn_t pfn_get(gfn_t gfn, bool atomic) __may_sleep_if(!atomic);
 */
#define __may_sleep_if(cond)	__mmucheck_word("may_sleep_if", cond)

/**
 * __must_not_sleep - function attribute, nothing in it may sleep, whoever calls
 *
 * .. code-block:: c
 *
 *	void notifier_age(struct kvm *kvm) __must_not_sleep;
 */
#define __must_not_sleep	__mmucheck_word("must_not_sleep")

/*
 * Windows: open while a counter is raised
 */

/**
 * __opens_window() - function attribute, raises the counter and leaves it so
 * @counter: the counter, an expression over the parameters
 *
 * .. code-block:: c
 *
 *	void invalidate_begin(struct kvm *kvm)
 *		__opens_window(kvm->mmu_invalidate_in_progress);
 */
#define __opens_window(counter)		__mmucheck_word("opens_window", counter)

/**
 * __closes_window() - function attribute, lowers the counter that was raised
 * @counter: the counter
 *
 * .. code-block:: c
 *
 *	void invalidate_end(struct kvm *kvm)
 *		__closes_window(kvm->mmu_invalidate_in_progress);
 */
#define __closes_window(counter)	__mmucheck_word("closes_window", counter)

/**
 * __must_be_in_window() - function attribute, called only while the counter is
 *                         raised
 * @counter: the counter
 *
 * .. code-block:: c
 *
 *	bool unmap_gfn_range(struct kvm *kvm, gfn_t start, gfn_t end)
 *		__must_be_in_window(kvm->mmu_invalidate_in_progress);
 */
#define __must_be_in_window(counter)	__mmucheck_word("must_be_in_window", counter)

/*
 * Debts: what has to be done before a lock is dropped. A row of the contracts says
 * before which, as in "mark kvm.flush_owed of RULE due at kvm.mmu_lock".
 */

/**
 * __owes() - function attribute, leaves a debt
 * @debt: its name, "flush_owed" of kvm.flush_owed
 * @x: to whom it is owed, a pointer to the record in its name
 *
 * .. code-block:: c
 *
 *	void spte_clear(struct kvm *kvm, u64 *sptep) __owes(flush_owed, kvm);
 */
#define __owes(debt, x)			__mmucheck_word("owes", #debt, x)

/**
 * __returns_debt() - function attribute, leaves a debt where it returns true
 * @debt: its name
 * @x: to whom it is owed
 *
 * Who gets false owes nothing; who gets true has to see to it, if need be or not.
 *
 * .. code-block:: c
 *
 *	bool zap_gfn(struct kvm *kvm, gfn_t gfn) __returns_debt(flush_owed, kvm);
 */
#define __returns_debt(debt, x)		__mmucheck_word("returns_debt", #debt, x)

/**
 * __takes_debt() - function attribute, is handed a debt by a parameter
 * @debt: its name
 * @owed: the parameter, true on entry if there is one
 *
 * .. code-block:: c
 *
 *	bool zap_more(struct kvm *kvm, bool flush)
 *		__takes_debt(flush_owed, flush) __returns_debt(flush_owed, kvm);
 */
#define __takes_debt(debt, owed)	__mmucheck_word("takes_debt", #debt, owed)

/**
 * __settles() - function attribute, pays the debt
 * @debt: its name
 * @x: to whom it was owed
 *
 * .. code-block:: c
 *
 *	void flush_remote_tlbs(struct kvm *kvm) __settles(flush_owed, kvm);
 */
#define __settles(debt, x)		__mmucheck_word("settles", #debt, x)

/**
 * __must_not_owe() - function attribute, called only when nothing is owed
 * @debt: its name
 * @x: to whom
 *
 * .. code-block:: c
 *
 *	void page_free(struct kvm *kvm, struct kvm_mmu_page *sp)
 *		__must_not_owe(flush_owed, kvm);
 */
#define __must_not_owe(debt, x)		__mmucheck_word("must_not_owe", #debt, x)

/*
 * Members and lock order. These name struct members, not expressions.
 */

/**
 * __guarded_by_member() - member attribute, the lock is in another struct
 * @type: that struct, as in "struct kvm"; it need not be complete yet
 * @lock: its member
 *
 * .. code-block:: c
 *
 *	struct kvm_mmu_page {
 *		int root_count __guarded_by_member(struct kvm, mmu_lock);
 *	};
 */
#define __guarded_by_member(type, lock)				\
	__mmucheck_text("mmucheck:guarded_by_member", #type "." #lock)

#ifdef __clang__
# define __mmucheck_lock_pair(word, t1, m1, t2, m2)			\
	_Static_assert(__builtin_offsetof(t1, m1) >= 0 &&		\
		       __builtin_offsetof(t2, m2) >= 0, "lock members"); \
	extern char __mmucheck_lock_pairs				\
		__mmucheck_text("mmucheck:" word, #t1 "." #m1, #t2 "." #m2)
#else
# define __mmucheck_lock_pair(word, t1, m1, t2, m2)	struct __mmucheck_none
#endif

/**
 * __lock_order() - declaration, the first lock is taken outside the second
 * @t1: struct of the outer lock
 * @m1: the outer lock
 * @t2: struct of the inner lock
 * @m2: the inner lock
 *
 * .. code-block:: c
 *
 *	__lock_order(struct kvm, slots_lock, struct kvm, mmu_lock);
 */
#define __lock_order(t1, m1, t2, m2)					\
	__mmucheck_lock_pair("lock_order", t1, m1, t2, m2)

/**
 * __lock_nests() - declaration, the second lock is taken only inside the first
 * @t1: struct of the outer lock
 * @m1: the outer lock, held in whatever mode
 * @t2: struct of the inner lock
 * @m2: the inner lock
 *
 * .. code-block:: c
 *
 *	__lock_nests(struct kvm, mmu_lock, struct kvm_arch, pages_lock);
 */
#define __lock_nests(t1, m1, t2, m2)					\
	__mmucheck_lock_pair("lock_nests", t1, m1, t2, m2)

#endif
