/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

#include <linux/compiler.h>
#include <linux/lockdep.h>
#include <linux/sched.h>

typedef struct spinlock { int held; } spinlock_t;
typedef struct raw_spinlock { int held; } raw_spinlock_t;
typedef struct { int held; } rwlock_t;

void spin_lock(spinlock_t *lock);
void spin_lock_irq(spinlock_t *lock);
void spin_lock_bh(spinlock_t *lock);
int spin_trylock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void spin_unlock_irq(spinlock_t *lock);
void spin_unlock_bh(spinlock_t *lock);
void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags);
#define spin_lock_irqsave(l, f)		do { (f) = 0; spin_lock(l); } while (0)
#define spin_lock_nested(l, s)		spin_lock(l)
int spin_is_locked(spinlock_t *lock);

void _raw_lock(void *lock);
int _raw_trylock(void *lock);
void _raw_unlock(void *lock);
#define raw_spin_lock(l)		_raw_lock(l)
#define raw_spin_lock_irq(l)		_raw_lock(l)
#define raw_spin_lock_irqsave(l, f)	do { (f) = 0; _raw_lock(l); } while (0)
#define raw_spin_trylock(l)		_raw_trylock(l)
#define raw_spin_unlock(l)		_raw_unlock(l)
#define raw_spin_unlock_irq(l)		_raw_unlock(l)
#define raw_spin_unlock_irqrestore(l, f) do { (void)(f); _raw_unlock(l); } while (0)

#define read_lock(l)			_raw_lock(l)
#define read_lock_irq(l)		_raw_lock(l)
#define read_lock_irqsave(l, f)		do { (f) = 0; _raw_lock(l); } while (0)
#define read_trylock(l)			_raw_trylock(l)
#define read_unlock(l)			_raw_unlock(l)
#define read_unlock_irq(l)		_raw_unlock(l)
#define read_unlock_irqrestore(l, f)	do { (void)(f); _raw_unlock(l); } while (0)
#define write_lock(l)			_raw_lock(l)
#define write_lock_irq(l)		_raw_lock(l)
#define write_lock_irqsave(l, f)	do { (f) = 0; _raw_lock(l); } while (0)
#define write_trylock(l)		_raw_trylock(l)
#define write_unlock(l)			_raw_unlock(l)
#define write_unlock_irq(l)		_raw_unlock(l)
#define write_unlock_irqrestore(l, f)	do { (void)(f); _raw_unlock(l); } while (0)
int rwlock_needbreak(rwlock_t *lock);
