/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

void schedule(void);
#define might_sleep()			do { } while (0)
#define might_sleep_if(c)		do { (void)(c); } while (0)
#define cond_resched()			0
#define cond_resched_lock(l)		((void)(l), 0)
#define cond_resched_rwlock_read(l)	((void)(l), 0)
#define cond_resched_rwlock_write(l)	((void)(l), 0)
int need_resched(void);

#define preempt_disable()		do { } while (0)
#define preempt_enable()		do { } while (0)
#define local_irq_disable()		do { } while (0)
#define local_irq_enable()		do { } while (0)
#define local_irq_save(f)		do { (f) = 0; } while (0)
#define local_irq_restore(f)		do { (void)(f); } while (0)
