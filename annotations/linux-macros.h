/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the checker sees the kernel's macros.
 *
 *	#define __override_NAME(args) body
 *
 * takes the place of NAME(args) wherever the kernel defines it, in whatever
 * configuration: with lockdep off the kernel's own definitions of its asserts
 * say nothing.  A function whose name begins with __mmucheck_ shows in the facts
 * without that prefix; what it does is said by a row of linux.contracts.
 */

/*
 * Asserts.  A condition becomes a branch: where it may be false, the path gets
 * to a call that says that the assert is broken.
 */

extern void __mmucheck_lockdep_assert(void);
extern void __mmucheck_lockdep_assert_held(const volatile void *lock);
extern void __mmucheck_lockdep_assert_held_write(const volatile void *lock);
extern void __mmucheck_lockdep_assert_held_read(const volatile void *lock);
extern void __mmucheck_lockdep_assert_not_held(const volatile void *lock);
extern int __mmucheck_lockdep_is_held(const volatile void *lock);
extern int __mmucheck_lockdep_is_held_type(const volatile void *lock, int read);
extern int __mmucheck_rcu_read_lock_held(void);
extern int __mmucheck_srcu_read_lock_held(const volatile void *srcu);
extern void __mmucheck_lockdep_assert_irqs_enabled(void);
extern void __mmucheck_lockdep_assert_irqs_disabled(void);
extern void __mmucheck_lockdep_assert_preemption_disabled(void);
extern void __mmucheck_lockdep_assert_preemption_enabled(void);

#define __override_lockdep_assert_held(l) \
	__mmucheck_lockdep_assert_held(l)
#define __override_lockdep_assert_held_once(l) \
	__mmucheck_lockdep_assert_held(l)
#define __override_lockdep_assert_held_write(l) \
	__mmucheck_lockdep_assert_held_write(l)
#define __override_lockdep_assert_held_read(l) \
	__mmucheck_lockdep_assert_held_read(l)
#define __override_lockdep_assert_not_held(l) \
	__mmucheck_lockdep_assert_not_held(l)
#define __override_lockdep_assert(c) \
	((c) ? (void)0 : __mmucheck_lockdep_assert())
#define __override_lockdep_assert_once(c) \
	((c) ? (void)0 : __mmucheck_lockdep_assert())
#define __override_lockdep_is_held(l) \
	__mmucheck_lockdep_is_held(l)
#define __override_lockdep_is_held_type(l, r) \
	__mmucheck_lockdep_is_held_type(l, r)
#define __override_lockdep_assert_irqs_enabled() \
	__mmucheck_lockdep_assert_irqs_enabled()
#define __override_lockdep_assert_irqs_disabled() \
	__mmucheck_lockdep_assert_irqs_disabled()
#define __override_lockdep_assert_preemption_disabled() \
	__mmucheck_lockdep_assert_preemption_disabled()
#define __override_lockdep_assert_preemption_enabled() \
	__mmucheck_lockdep_assert_preemption_enabled()

/*
 * Lockdep's own book-keeping: classes and the place of a call are nothing that
 * is checked, and only one of two configurations has them.
 */

#define __override_lockdep_set_class(l, k)		do { } while (0)
#define __override_lockdep_set_class_and_name(l, k, n)	do { } while (0)
#define __override_lockdep_set_class_and_subclass(l, k, s) do { } while (0)
#define __override_lockdep_set_subclass(l, s)		do { } while (0)
#define __override_lockdep_set_novalidate_class(l)	do { } while (0)
#define __override__THIS_IP_				0UL

/* Barriers: asm to the compiler, a step of a protocol to a rule */

extern void __mmucheck_smp_rmb(void);
extern void __mmucheck_smp_wmb(void);
extern void __mmucheck_smp_mb(void);
extern void __mmucheck_smp_store_release(void);
extern void __mmucheck_smp_load_acquire(void);

#define __override_smp_rmb()	__mmucheck_smp_rmb()
#define __override_smp_wmb()	__mmucheck_smp_wmb()
#define __override_smp_mb()	__mmucheck_smp_mb()
#define __override_smp_mb__before_atomic()	__mmucheck_smp_mb()
#define __override_smp_mb__after_atomic()	__mmucheck_smp_mb()

/* RCU: the condition is a contract, the pointer is a plain read */

extern void __mmucheck_rcu_dereference(void);
extern void __mmucheck_srcu_dereference(void);
extern void __mmucheck_rcu_dereference_protected(void);
extern void __mmucheck_list_for_each_entry_srcu(void);
extern void __mmucheck_rcu_assign_pointer(const volatile void *where);

#define __override_rcu_dereference_check(p, c) \
	(((c) || __mmucheck_rcu_read_lock_held()) ? \
	 (void)0 : __mmucheck_rcu_dereference(), (p))
#define __override_rcu_dereference(p) \
	(__mmucheck_rcu_read_lock_held() ? \
	 (void)0 : __mmucheck_rcu_dereference(), (p))
#define __override_rcu_dereference_protected(p, c) \
	((c) ? (void)0 : __mmucheck_rcu_dereference_protected(), (p))
#define __override_rcu_dereference_raw(p)	(p)
#define __override_rcu_access_pointer(p)	(p)
#define __override_srcu_dereference_check(p, s, c) \
	(((c) || __mmucheck_srcu_read_lock_held(s)) ? \
	 (void)0 : __mmucheck_srcu_dereference(), (p))
#define __override_srcu_dereference(p, s) \
	(__mmucheck_srcu_read_lock_held(s) ? \
	 (void)0 : __mmucheck_srcu_dereference(), (p))
#define __override___list_check_srcu(c) \
	({ (c) ? (void)0 : __mmucheck_list_for_each_entry_srcu(); })
#define __override_rcu_assign_pointer(p, v) \
	((p) = (v), __mmucheck_rcu_assign_pointer(&(p)))
#define __override_rcu_replace_pointer(p, v, c) ({			\
	typeof(p) __old = (p);						\
	(c) ? (void)0 : __mmucheck_rcu_dereference_protected();		\
	(p) = (v);							\
	__mmucheck_rcu_assign_pointer(&(p));				\
	__old; })
#define __override_RCU_INIT_POINTER(p, v)	((void)((p) = (typeof(p))(v)))

/* Who counts allocations does them in one of two ways, which are the same here */

#define __override_alloc_hooks_tag(tag, do_alloc)	(do_alloc)

/* Sleeping */

extern void __mmucheck_might_sleep(void);
extern void __mmucheck_might_fault(void);
extern int __mmucheck_cond_resched(void);
extern int __mmucheck_cond_resched_lock(const volatile void *lock);
extern int __mmucheck_cond_resched_rwlock_read(const volatile void *lock);
extern int __mmucheck_cond_resched_rwlock_write(const volatile void *lock);

extern int __mmucheck_in_atomic(void);
extern int __mmucheck_in_task(void);

#define __override_in_atomic()			__mmucheck_in_atomic()
#define __override_in_task()			__mmucheck_in_task()
#define __override_might_sleep()		__mmucheck_might_sleep()
#define __override_might_sleep_if(c) \
	do { if (c) __mmucheck_might_sleep(); } while (0)
#define __override_might_fault()		__mmucheck_might_fault()
#define __override_cond_resched()		__mmucheck_cond_resched()
#define __override_cond_resched_lock(l)		__mmucheck_cond_resched_lock(l)
#define __override_cond_resched_rwlock_read(l) \
	__mmucheck_cond_resched_rwlock_read(l)
#define __override_cond_resched_rwlock_write(l) \
	__mmucheck_cond_resched_rwlock_write(l)

/* Locks that are macros in some configuration */

extern void __mmucheck_mutex_lock(const volatile void *lock);
extern int __mmucheck_mutex_lock_interruptible(const volatile void *lock);
extern int __mmucheck_mutex_lock_killable(const volatile void *lock);
extern void __mmucheck_mutex_lock_nested(const volatile void *lock, unsigned sub);
extern int __mmucheck_mutex_lock_interruptible_nested(const volatile void *lock, unsigned sub);
extern int __mmucheck_mutex_lock_killable_nested(const volatile void *lock, unsigned sub);
extern void __mmucheck_down_read_nested(const volatile void *lock, int sub);
extern int __mmucheck_down_read_killable_nested(const volatile void *lock, int sub);
extern void __mmucheck_down_write(const volatile void *lock);
extern void __mmucheck_down_write_nested(const volatile void *lock, int sub);
extern int __mmucheck_down_write_killable_nested(const volatile void *lock, int sub);

#define __override_mutex_lock(l)		__mmucheck_mutex_lock(l)
#define __override_mutex_lock_interruptible(l)	__mmucheck_mutex_lock_interruptible(l)
#define __override_mutex_lock_killable(l)	__mmucheck_mutex_lock_killable(l)
#define __override_mutex_lock_nested(l, s)	__mmucheck_mutex_lock_nested(l, s)
#define __override_mutex_lock_interruptible_nested(l, s) \
	__mmucheck_mutex_lock_interruptible_nested(l, s)
#define __override_mutex_lock_killable_nested(l, s) \
	__mmucheck_mutex_lock_killable_nested(l, s)
#define __override_mutex_lock_nest_lock(l, outer)	__mmucheck_mutex_lock(l)
#define __override_down_read_nested(l, s)	__mmucheck_down_read_nested(l, s)
#define __override_down_read_killable_nested(l, s) \
	__mmucheck_down_read_killable_nested(l, s)
#define __override_down_write_nested(l, s)	__mmucheck_down_write_nested(l, s)
#define __override_down_write_killable_nested(l, s) \
	__mmucheck_down_write_killable_nested(l, s)
#define __override_down_write_nest_lock(l, outer)	__mmucheck_down_write(l)

#define __mmucheck_lock_api(name)					\
	extern void __mmucheck_##name(const volatile void *lock);	\
	extern void __mmucheck_##name##_irq(const volatile void *lock);	\
	extern void __mmucheck_##name##_bh(const volatile void *lock);	\
	extern void __mmucheck_##name##_irqsave(const volatile void *lock);
__mmucheck_lock_api(spin_lock)
__mmucheck_lock_api(raw_spin_lock)
__mmucheck_lock_api(read_lock)
__mmucheck_lock_api(write_lock)

#define __mmucheck_unlock_api(name)					\
	extern void __mmucheck_##name(const volatile void *lock);	\
	extern void __mmucheck_##name##_irq(const volatile void *lock);	\
	extern void __mmucheck_##name##_bh(const volatile void *lock);	\
	extern void __mmucheck_##name##_irqrestore(const volatile void *lock);
__mmucheck_unlock_api(spin_unlock)
__mmucheck_unlock_api(raw_spin_unlock)
__mmucheck_unlock_api(read_unlock)
__mmucheck_unlock_api(write_unlock)

extern int __mmucheck_spin_trylock(const volatile void *lock);
extern int __mmucheck_raw_spin_trylock(const volatile void *lock);
extern int __mmucheck_read_trylock(const volatile void *lock);
extern int __mmucheck_write_trylock(const volatile void *lock);

#define __override_spin_lock_nested(l, s)	__mmucheck_spin_lock(l)
#define __override_spin_lock_nest_lock(l, outer)	__mmucheck_spin_lock(l)
#define __override_spin_lock_irqsave(l, f)	((f) = 0, __mmucheck_spin_lock_irqsave(l))
#define __override_spin_lock_irqsave_nested(l, f, s) \
	((f) = 0, __mmucheck_spin_lock_irqsave(l))
#define __override_raw_spin_lock(l)		__mmucheck_raw_spin_lock(l)
#define __override_raw_spin_lock_nested(l, s)	__mmucheck_raw_spin_lock(l)
#define __override_raw_spin_lock_irq(l)		__mmucheck_raw_spin_lock_irq(l)
#define __override_raw_spin_lock_bh(l)		__mmucheck_raw_spin_lock_bh(l)
#define __override_raw_spin_lock_irqsave(l, f)	((f) = 0, __mmucheck_raw_spin_lock_irqsave(l))
#define __override_raw_spin_unlock(l)		__mmucheck_raw_spin_unlock(l)
#define __override_raw_spin_unlock_irq(l)	__mmucheck_raw_spin_unlock_irq(l)
#define __override_raw_spin_unlock_bh(l)	__mmucheck_raw_spin_unlock_bh(l)
#define __override_raw_spin_unlock_irqrestore(l, f) \
	((void)(f), __mmucheck_raw_spin_unlock_irqrestore(l))
#define __override_raw_spin_trylock(l)		__mmucheck_raw_spin_trylock(l)
#define __override_read_lock(l)			__mmucheck_read_lock(l)
#define __override_read_lock_irq(l)		__mmucheck_read_lock_irq(l)
#define __override_read_lock_bh(l)		__mmucheck_read_lock_bh(l)
#define __override_read_lock_irqsave(l, f)	((f) = 0, __mmucheck_read_lock_irqsave(l))
#define __override_read_unlock(l)		__mmucheck_read_unlock(l)
#define __override_read_unlock_irq(l)		__mmucheck_read_unlock_irq(l)
#define __override_read_unlock_bh(l)		__mmucheck_read_unlock_bh(l)
#define __override_read_unlock_irqrestore(l, f) \
	((void)(f), __mmucheck_read_unlock_irqrestore(l))
#define __override_read_trylock(l)		__mmucheck_read_trylock(l)
#define __override_write_lock(l)		__mmucheck_write_lock(l)
#define __override_write_lock_nested(l, s)	__mmucheck_write_lock(l)
#define __override_write_lock_irq(l)		__mmucheck_write_lock_irq(l)
#define __override_write_lock_bh(l)		__mmucheck_write_lock_bh(l)
#define __override_write_lock_irqsave(l, f)	((f) = 0, __mmucheck_write_lock_irqsave(l))
#define __override_write_unlock(l)		__mmucheck_write_unlock(l)
#define __override_write_unlock_irq(l)		__mmucheck_write_unlock_irq(l)
#define __override_write_unlock_bh(l)		__mmucheck_write_unlock_bh(l)
#define __override_write_unlock_irqrestore(l, f) \
	((void)(f), __mmucheck_write_unlock_irqrestore(l))
#define __override_write_trylock(l)		__mmucheck_write_trylock(l)

/* A lock that is made: lockdep makes a call and a key of it, or a plain value */

extern void __mmucheck_mutex_init(const volatile void *lock);
extern void __mmucheck_init_rwsem(const volatile void *lock);
extern void __mmucheck_spin_lock_init(const volatile void *lock);
extern void __mmucheck_raw_spin_lock_init(const volatile void *lock);
extern void __mmucheck_rwlock_init(const volatile void *lock);
extern void __mmucheck_seqcount_init(const volatile void *count);
extern int __mmucheck_init_srcu_struct(const volatile void *srcu);

#define __override_mutex_init(l)		__mmucheck_mutex_init(l)
#define __override_init_rwsem(l)		__mmucheck_init_rwsem(l)
#define __override_spin_lock_init(l)		__mmucheck_spin_lock_init(l)
#define __override_raw_spin_lock_init(l)	__mmucheck_raw_spin_lock_init(l)
#define __override_rwlock_init(l)		__mmucheck_rwlock_init(l)
#define __override_init_srcu_struct(s)		__mmucheck_init_srcu_struct(s)
#define __override_seqcount_init(s)		__mmucheck_seqcount_init(s)
#define __override_seqcount_LOCKNAME_init(s, l, n) __mmucheck_seqcount_init(s)
#define __override_read_seqcount_begin(s)	raw_read_seqcount_begin(s)

/* Work and timers carry a key for lockdep; what runs is what counts */

#define __override___INIT_WORK(work, f, onstack) ((void)((work)->func = (f)))
#define __override___init_timer(timer, f, flags) \
	init_timer_key((timer), (f), (flags), 0, 0)
#define __override___init_timer_on_stack(timer, f, flags) \
	init_timer_on_stack_key((timer), (f), (flags), 0, 0)

extern void __mmucheck_local_irq_disable(void);
extern void __mmucheck_local_irq_enable(void);
extern void __mmucheck_local_irq_save(void);
extern int __mmucheck_irqs_disabled(void);
extern void __mmucheck_local_irq_restore(void);
extern void __mmucheck_preempt_disable(void);
extern void __mmucheck_preempt_enable(void);

#define __override_local_irq_disable()		__mmucheck_local_irq_disable()
#define __override_local_irq_enable()		__mmucheck_local_irq_enable()
#define __override_local_irq_save(f)		((f) = 0, __mmucheck_local_irq_save())
#define __override_local_irq_restore(f)		((void)(f), __mmucheck_local_irq_restore())
#define __override_irqs_disabled()		__mmucheck_irqs_disabled()
#define __override_preempt_disable()		__mmucheck_preempt_disable()
#define __override_preempt_enable()		__mmucheck_preempt_enable()
#define __override_preempt_enable_no_resched()	__mmucheck_preempt_enable()
#define __override_preempt_disable_notrace()	__mmucheck_preempt_disable()
#define __override_preempt_enable_notrace()	__mmucheck_preempt_enable()

/* Memory: what is read again may have changed */

extern void __mmucheck_reread(const volatile void *where);
extern void *__mmucheck_container_of(const volatile void *member,
				     const volatile void *where);

#define __override_READ_ONCE(x)		(__mmucheck_reread(&(x)), (x))
#define __override_WRITE_ONCE(x, v)	((void)((x) = (v)))
#define __override_smp_store_release(p, v) \
	(__mmucheck_smp_store_release(), (void)(*(p) = (v)))
#define __override_smp_load_acquire(p) \
	(__mmucheck_reread(p), __mmucheck_smp_load_acquire(), *(p))
#define __override_smp_store_mb(x, v)	((void)((x) = (v)), __mmucheck_smp_mb())
#define __override_container_of(p, type, member) \
	((type *)__mmucheck_container_of((p), &((type *)0)->member))
#define __override_container_of_const(p, type, member) \
	((type *)__mmucheck_container_of((p), &((type *)0)->member))
#define __override_RELOC_HIDE(ptr, off)	((typeof(ptr))(ptr))

/* A writer of a sequence count has a lock of his own */

#define __override_write_seqcount_begin(s)	((void)(s))
#define __override_write_seqcount_end(s)	((void)(s))
#define __override_write_seqcount_begin_nested(s, c) ((void)(s))

/* A warning is a test; where it comes out true the kernel has found a bug */

extern int __mmucheck_warned(void);

#define __override_WARN_ON(c)		(!!(c) && __mmucheck_warned())
#define __override_WARN_ON_ONCE(c)	(!!(c) && __mmucheck_warned())
#define __override_WARN(c, ...)		(!!(c) && __mmucheck_warned())
#define __override_WARN_ONCE(c, ...)	(!!(c) && __mmucheck_warned())

/*
 * What the compiler proves at build time happens at no time.  The names that
 * these are given count up through all headers.
 */
#define __override_compiletime_assert(c, msg)	do { } while (0)

/* A static call goes where the key points; an update points it elsewhere */

#define __override_static_call(name) \
	(*(typeof(STATIC_CALL_TRAMP(name)) *)STATIC_CALL_KEY(name).func)
#define __override_static_call_cond(name) \
	(*(typeof(STATIC_CALL_TRAMP(name)) *)STATIC_CALL_KEY(name).func)
#define __override_static_call_update(name, f) \
	((void)(STATIC_CALL_KEY(name).func = (void *)(f)))

/* A key that is patched into the code is read like a variable */

extern int __mmucheck_static_key(const volatile void *key);

#define __override_static_branch_likely(k)	__mmucheck_static_key(k)
#define __override_static_branch_unlikely(k)	__mmucheck_static_key(k)

/*
 * Code that is there to check locking belongs to what is checked, whether or
 * not the configuration has it checked at run time.
 */
#define __mmucheck_second(a, b, ...)		b
#define __mmucheck_pick(...)			__mmucheck_second(__VA_ARGS__)
#define __mmucheck_force_CONFIG_PROVE_LOCKING	0, 1
#define __mmucheck_force_CONFIG_LOCKDEP		0, 1
#define __mmucheck_force_CONFIG_PROVE_RCU	0, 1
#define __override_IS_ENABLED(option) \
	__or(__mmucheck_pick(__mmucheck_force_##option, 0, 0), \
	     __or(IS_BUILTIN(option), IS_MODULE(option)))

/* Exported symbols have callers that are out of sight: a name says which */

#define __mmucheck_export(sym)	extern char __mmucheck_export_##sym
#define __override_EXPORT_SYMBOL(sym)		__mmucheck_export(sym)
#define __override_EXPORT_SYMBOL_GPL(sym)	__mmucheck_export(sym)
#define __override_EXPORT_SYMBOL_NS(sym, ns)	__mmucheck_export(sym)
#define __override_EXPORT_SYMBOL_NS_GPL(sym, ns) __mmucheck_export(sym)
#define __override_EXPORT_SYMBOL_FOR_MODULES(sym, modules) __mmucheck_export(sym)
