// SPDX-License-Identifier: GPL-2.0-only
/* Kernel threads over POSIX ones. */
#include <linux/compiler.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <pthread.h>
#include <stdlib.h>

#include "../bench/shim.h"

struct task_struct {
	pthread_t thread;
	int (*func)(void *data);
	void *data;
	bool stop;
	int ret;
};

static __thread struct task_struct *current_task;

static void *run(void *p)
{
	struct task_struct *task = p;

	current_task = task;
	task->ret = task->func(task->data);
	held_nothing("a thread");
	return NULL;
}

struct task_struct *shim_kthread_run(int (*func)(void *data), void *data)
{
	struct task_struct *task = calloc(1, sizeof(*task));

	if (!task)
		return NULL;
	task->func = func;
	task->data = data;
	if (pthread_create(&task->thread, NULL, run, task)) {
		free(task);
		return NULL;
	}
	return task;
}

bool kthread_should_stop(void)
{
	return smp_load_acquire(&current_task->stop);
}

int kthread_stop(struct task_struct *task)
{
	int ret;

	smp_store_release(&task->stop, true);
	pthread_join(task->thread, NULL);
	ret = task->ret;
	free(task);
	return ret;
}

static bool never_yields;

void shim_yield(bool on)
{
	never_yields = !on;
}

void cond_resched(void)
{
	held_might_sleep(__func__);
	if (!never_yields)
		sched_yield();
}

void schedule(void)
{
	held_might_sleep(__func__);
	sched_yield();
}
