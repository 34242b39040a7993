/* SPDX-License-Identifier: GPL-2.0-only */
/* The guards that the kernel defines beside each lock. */
#pragma once

#include <linux/cleanup.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>

DEFINE_LOCK_GUARD(mutex, struct mutex, mutex_lock(_T->lock), mutex_unlock(_T->lock))
DEFINE_LOCK_GUARD(spinlock, spinlock_t, spin_lock(_T->lock), spin_unlock(_T->lock))
DEFINE_LOCK_GUARD(read_lock, rwlock_t, read_lock(_T->lock), read_unlock(_T->lock))
DEFINE_LOCK_GUARD(write_lock, rwlock_t, write_lock(_T->lock), write_unlock(_T->lock))
DEFINE_LOCK_GUARD(rwsem_read, struct rw_semaphore, down_read(_T->lock), up_read(_T->lock))
DEFINE_LOCK_GUARD(rwsem_write, struct rw_semaphore, down_write(_T->lock), up_write(_T->lock))
DEFINE_LOCK_GUARD(srcu, struct srcu_struct,
		  _T->idx = srcu_read_lock(_T->lock),
		  srcu_read_unlock(_T->lock, _T->idx))
DEFINE_SECTION_GUARD(rcu, rcu_read_lock(), rcu_read_unlock())
DEFINE_FREE(kfree, void *, if (_T) kfree(_T))
