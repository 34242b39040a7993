/* SPDX-License-Identifier: GPL-2.0-only */
/* What the stress tests share: a world, and those who do something to it. */
#ifndef MMU_STRESS_H
#define MMU_STRESS_H

#include "guest.h"

#define PAGES		1024
#define STAMP_OFFSET	(PAGE_SIZE - 8)	/* of the stamp in each page of the host */

/* @next is what new pages are stamped with, @done what all older pages are gone before */
struct epochs {
	u32 next[PAGES];
	u32 done[PAGES];
};

/* @quiet: held for write by who wants the others to stand still */
struct world {
	struct test *t;
	struct rw_semaphore quiet;
	struct test_vm vm;
	struct test_guest guest;
	struct epochs *epochs;
	struct gmem *gmem;
	int stop;
	atomic_t errors;
	atomic_t accesses;
};

/* What a vCPU wrote last to each page, and the epoch that was done before */
struct written {
	u64 value;
	u32 epoch;
};

struct worker {
	struct world *w;
	struct kvm_vcpu *vcpu;
	u32 random;
	struct written *written;
	void (*step)(struct worker *me);
	struct task_struct *task;
};

/* stress_wrong - say what was seen that must not be; the first of it only */
void stress_wrong(struct world *w, const char *what);

/* stress_run - let @nr workers do their steps for as long as the test should last */
void stress_run(struct test *t, struct world *w, struct worker *workers, int nr);

/*
 * stress_cache - have a cache on @gpa for a while, and look at what is in it
 *
 * @check is given the page, the word at @gpa, and the epoch that was done before it was read.
 * Return: 0, or why the cache could not be used.
 */
int stress_cache(struct worker *me, gpa_t gpa, unsigned long page,
		 void (*check)(struct world *w, unsigned long page, u64 value, u32 done));

bool stress_create(struct test *t, struct world *w, unsigned int flags, int nr_vcpus);
/* stress_destroy - take it down; what is counted must be zero by then */
void stress_destroy(struct test *t, struct world *w);

/* stress_gmem.c */
void stress_gmem(struct test *t);
/* stress_nested.c */
void stress_nested(struct test *t, unsigned int flags);

#endif
