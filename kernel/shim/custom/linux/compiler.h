/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory accesses.  Every one that may race is an atomic one, so that the thread
 * sanitizer reports those that are not.
 */
#ifndef SHIM_LINUX_COMPILER_H
#define SHIM_LINUX_COMPILER_H

#include <sched.h>

#define __rcu
#define __force
#define __maybe_unused		__attribute__((unused))
#define __must_check		__attribute__((warn_unused_result))
#define fallthrough		__attribute__((fallthrough))
#define likely(x)		__builtin_expect(!!(x), 1)
#define unlikely(x)		__builtin_expect(!!(x), 0)

/*
 * The kernel's READ_ONCE() orders what is reached through the value that it reads, so that
 * a table can be published by a store of its address.  C11 has no such order that compilers
 * implement; acquire is the next stronger one.
 */
#define READ_ONCE(x)		__atomic_load_n(&(x), __ATOMIC_ACQUIRE)
#define WRITE_ONCE(x, v)	__atomic_store_n(&(x), v, __ATOMIC_RELAXED)
#define smp_load_acquire(p)	__atomic_load_n(p, __ATOMIC_ACQUIRE)
#define smp_store_release(p, v)	__atomic_store_n(p, v, __ATOMIC_RELEASE)
#define smp_store_mb(x, v)	__atomic_store_n(&(x), v, __ATOMIC_SEQ_CST)

void smp_mb(void);
void smp_rmb(void);
void smp_wmb(void);

#define cpu_relax()		sched_yield()

#endif
