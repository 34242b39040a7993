/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

struct mutex { int held; };

void mutex_lock(struct mutex *lock);
int mutex_lock_interruptible(struct mutex *lock);
int mutex_lock_killable(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
int mutex_is_locked(struct mutex *lock);
#define mutex_lock_nested(l, s)			mutex_lock(l)
#define mutex_lock_killable_nested(l, s)	mutex_lock_killable(l)
