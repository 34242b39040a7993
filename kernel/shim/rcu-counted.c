// SPDX-License-Identifier: GPL-2.0-only
/*
 * RCU for the builds that liburcu cannot serve: its assembly is invisible to the
 * thread sanitizer, and Debian has it for the machine's own word size only.  Readers
 * are counted as SRCU counts them; callbacks run in rcu_barrier() and, when enough
 * have gathered, in a thread of their own.
 */
#include <linux/rcupdate.h>
#include <linux/srcu.h>
#include <stdlib.h>

struct callback {
	struct callback *next;
	void (*func)(struct callback *head);
};

_Static_assert(sizeof(struct callback) == sizeof(struct rcu_head), "struct rcu_head");

static struct srcu_struct readers;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static __thread int depth, reader_index;

static pthread_mutex_t queue_lock = PTHREAD_MUTEX_INITIALIZER;
static struct callback *queue;
static pthread_mutex_t one_runner = PTHREAD_MUTEX_INITIALIZER;

static void *runner(void *unused);

static void start(void)
{
	pthread_t thread;

	shim_srcu_init(&readers, "rcu");
	if (pthread_create(&thread, NULL, runner, NULL))
		abort();
	pthread_detach(thread);
}

void rcu_read_lock(void)
{
	pthread_once(&once, start);
	if (!depth++)
		reader_index = shim_srcu_enter(&readers);
	held_atomic_enter("rcu_read_lock()");
}

void rcu_read_unlock(void)
{
	held_atomic_exit("rcu_read_lock()");
	if (!--depth)
		shim_srcu_exit(&readers, reader_index);
}

bool rcu_read_lock_held(void)
{
	return held_atomic("rcu_read_lock()");
}

void synchronize_rcu(void)
{
	pthread_once(&once, start);
	synchronize_srcu(&readers);
}

static void run_callbacks(void)
{
	struct callback *list, *next;

	pthread_mutex_lock(&one_runner);
	pthread_mutex_lock(&queue_lock);
	list = queue;
	queue = NULL;
	pthread_mutex_unlock(&queue_lock);
	if (list)
		synchronize_srcu(&readers);
	for (; list; list = next) {
		next = list->next;
		list->func(list);
	}
	pthread_mutex_unlock(&one_runner);
}

static void *runner(void *unused)
{
	struct timespec pause = { .tv_nsec = 2000000 };

	for (;;) {
		nanosleep(&pause, NULL);
		run_callbacks();
	}
	return unused;
}

void rcu_barrier(void)
{
	pthread_once(&once, start);
	held_might_sleep(__func__);
	run_callbacks();
}

void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head))
{
	struct callback *cb = (struct callback *)head;

	pthread_once(&once, start);
	cb->func = (void (*)(struct callback *))func;
	pthread_mutex_lock(&queue_lock);
	cb->next = queue;
	queue = cb;
	pthread_mutex_unlock(&queue_lock);
}
