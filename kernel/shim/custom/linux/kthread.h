/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_KTHREAD_H
#define SHIM_LINUX_KTHREAD_H

#include <linux/types.h>

struct task_struct;

#define kthread_run(func, data, ...)	shim_kthread_run(func, data)

struct task_struct *shim_kthread_run(int (*func)(void *data), void *data);
bool kthread_should_stop(void);
int kthread_stop(struct task_struct *task);
void cond_resched(void);
void schedule(void);

#define IS_ERR(p)	((p) == NULL)

#endif
