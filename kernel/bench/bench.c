// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the MMU costs, as ratios of two times that are measured in turn in one run.
 *
 *	mmu-bench [--rounds N]
 *
 * Of the rounds the fastest counts: whatever else the machine does only adds to the others.
 * What one thread does is timed by its own clock, what two do by the wall's: those ratios
 * mean something on a machine with two idle CPUs only.  How far it is from that the first of
 * them says: two threads that share nothing have 2 times the throughput there.
 */
#include "../tests/test.h"
#include "../tests/guest.h"
#include "../zap.h"
#include "shim.h"
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PAGES		16384	/* of guest memory that is faulted in */
#define TABLES		4096	/* of the guest's, of the lowest level */
#define FIRST_TABLE	8192	/* page of the slot that is the root of the guest's tables */
#define COUNTS		10000000	/* take about as long as the faults */

int warnings_since(void)
{
	return 0;
}

void test_force_yield(int n)
{
}

void test_msleep(int ms)
{
}

static double now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

/* ---- the things that are timed ---- */

static struct test_vm vm;
static struct test_guest guest;
static cpu_set_t all_cpus;	/* that the program may run on */

/* One vCPU's share of the work. */
struct share {
	pthread_t thread;
	struct kvm_vcpu *vcpu;
	int nth, of;
	void (*work)(struct share *s);
};

static int share_start(const struct share *s, int all)
{
	return all / s->of * s->nth;
}

static int share_end(const struct share *s, int all)
{
	return all / s->of * (s->nth + 1);
}

static void fault_pages(struct share *s)
{
	u64 value;
	int i;

	for (i = share_start(s, PAGES); i < share_end(s, PAGES); i++)
		sim_read(s->vcpu, test_gpa(i), &value);
}

/* Each write is to a table that is shadowed, and marks the shadow out of sync. */
static void write_tables(struct share *s)
{
	struct test_guest g = guest;
	int i;

	g.vcpu = s->vcpu;
	for (i = share_start(s, TABLES); i < share_end(s, TABLES); i++)
		sim_write(s->vcpu, guest_gpte(&g, (u64)i * PTES_PER_TABLE + 1, 1), 0);
}

/* Writes to pages that are no tables. */
static void write_pages(struct share *s)
{
	int i;

	for (i = share_start(s, FIRST_TABLE); i < share_end(s, FIRST_TABLE); i++)
		sim_write(s->vcpu, test_gpa(i), i);
}

/* What the machine has to give just now: nothing that the threads share. */
static void count(struct share *s)
{
	volatile int n;
	int i;

	for (i = share_start(s, COUNTS); i < share_end(s, COUNTS); i++)
		n = i;
	(void)n;
}

/* The @nth of the CPUs that are ours; the last one if there are not so many. */
static cpu_set_t nth_cpu(int nth)
{
	cpu_set_t one;
	int cpu;

	CPU_ZERO(&one);
	for (cpu = 0; cpu < CPU_SETSIZE && nth >= 0; cpu++) {
		if (!CPU_ISSET(cpu, &all_cpus))
			continue;
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		nth--;
	}
	return one;
}

static void place_first_thread(void)
{
	cpu_set_t cpu;

	sched_getaffinity(0, sizeof(all_cpus), &all_cpus);
	cpu = nth_cpu(0);
	sched_setaffinity(0, sizeof(cpu), &cpu);
}

static void *run_share(void *arg)
{
	struct share *s = arg;

	s->work(s);
	return NULL;
}

/* On its own CPU at once: a thread that lasts milliseconds is not moved while it runs. */
static void start_second(struct share *s)
{
	cpu_set_t cpu = nth_cpu(1);
	pthread_attr_t attr;

	pthread_attr_init(&attr);
	pthread_attr_setaffinity_np(&attr, sizeof(cpu), &cpu);
	if (pthread_create(&s->thread, &attr, run_share, s)) {
		fprintf(stderr, "mmu-bench: no second thread\n");
		exit(2);
	}
	pthread_attr_destroy(&attr);
}

static void zap(int first, int npages)
{
	WITH_SRCU(vm.kvm, kvm_zap_gfn_range(vm.kvm, TEST_GFN + first, TEST_GFN + first + npages));
}

static void zap_all(void)
{
	zap(0, PAGES);
}

/* All tables in sync, and shadowed; their pages are read-only for the guest again. */
static void sync_tables(void)
{
	u64 value;
	int i;

	sim_enter_nested(vm.vcpu[2], guest_pgd(&guest));
	sim_flush_nested(vm.vcpu[2]);
	for (i = 0; i < TABLES; i++)
		sim_read(vm.vcpu[2], ((u64)i * PTES_PER_TABLE) << PAGE_SHIFT, &value);
	sim_leave_nested(vm.vcpu[2]);
}

/* ---- timing ---- */

/* The time that @nr vCPUs need for the work, once. */
static double time_work(void (*work)(struct share *s), int nr)
{
	clockid_t clock = nr == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC;
	struct share share[2];
	double start;
	int i;

	for (i = 0; i < nr; i++)
		share[i] = (struct share) { .vcpu = vm.vcpu[i], .nth = i, .of = nr,
					    .work = work };
	start = now(clock);
	if (nr == 2)
		start_second(&share[1]);
	work(&share[0]);
	if (nr == 2)
		pthread_join(share[1].thread, NULL);
	return now(clock) - start;
}

/* The same for one vCPU by the wall's clock, to be compared with two. */
static double time_work_wall(void (*work)(struct share *s))
{
	double start = now(CLOCK_MONOTONIC);

	time_work(work, 1);
	return now(CLOCK_MONOTONIC) - start;
}

static double best(double a, double b)
{
	return !a || b < a ? b : a;
}

static void say(const char *what, double ratio, const char *meaning)
{
	printf("%-46s %6.2f  %s\n", what, ratio, meaning);
}

/* Throughput of two vCPUs against one; @before makes each round start alike. */
static void parallel(int rounds, const char *what, void (*before)(void),
		     void (*work)(struct share *s))
{
	double one = 0, two = 0;

	while (rounds--) {
		before();
		one = best(one, time_work_wall(work));
		before();
		two = best(two, time_work(work, 2));
	}
	say(what, one / two, "times the throughput of 1 thread");
}

static void unsync_lock(int rounds)
{
	struct lockdep_map *lock = &vm.kvm->arch.mmu_unsync_pages_lock.dep_map;
	double with = 0, without = 0;

	while (rounds--) {
		sync_tables();
		with = best(with, time_work(write_tables, 1));
		sync_tables();
		shim_leave_out(lock);
		without = best(without, time_work(write_tables, 1));
		shim_leave_out(NULL);
	}
	say("unsync lock, nobody waits", with / without, "times the fault without the lock");
}

static void invalidation(int rounds)
{
	double once = 0, each = 0, half = 0, start;
	int i;

	while (rounds--) {
		time_work(fault_pages, 1);
		start = now(CLOCK_THREAD_CPUTIME_ID);
		zap_all();
		once = best(once, now(CLOCK_THREAD_CPUTIME_ID) - start);
		time_work(fault_pages, 1);
		start = now(CLOCK_THREAD_CPUTIME_ID);
		for (i = 0; i < PAGES; i++)
			zap(i, 1);
		each = best(each, now(CLOCK_THREAD_CPUTIME_ID) - start);
		time_work(fault_pages, 1);
		start = now(CLOCK_THREAD_CPUTIME_ID);
		zap(0, PAGES / 2);
		half = best(half, now(CLOCK_THREAD_CPUTIME_ID) - start);
	}
	say("invalidation of 16384 pages at once", each / once, "times faster than page by page");
	say("invalidation of 16384 pages against 8192", once / half, "times the time");
}

static void checks(int rounds)
{
	double on = 0, off = 0;

	while (rounds--) {
		zap_all();
		shim_check(true);
		on = best(on, time_work(fault_pages, 1));
		zap_all();
		shim_check(false);
		off = best(off, time_work(fault_pages, 1));
	}
	shim_check(true);
	say("contracts checked at run time", on / off, "times the fault without");
}

static void set_up(void)
{
	struct test t = { 0 };
	u64 value;
	int i;

	if (platform_init(PAGES / PLATFORM_BLOCK_PAGES + 1) ||
	    !test_vm_create(&t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, PAGES, 3)) {
		fprintf(stderr, "mmu-bench: no memory\n");
		exit(2);
	}
	/* The host's pages are there: what is timed is the MMU */
	for (i = 0; i < PAGES; i++)
		sim_read(vm.vcpu[0], test_gpa(i), &value);
	guest_init(&guest, &vm, vm.vcpu[0], FIRST_TABLE);
	for (i = 0; i < TABLES; i++)
		guest_map(&guest, (u64)i * PTES_PER_TABLE, 1, i, GPTE_P | GPTE_W);
}

int main(int argc, char **argv)
{
	int rounds = argc == 3 && !strcmp(argv[1], "--rounds") ? atoi(argv[2]) : 0;
	struct test t = { 0 };

	if (argc == 1)
		rounds = 20;
	if (rounds < 1) {
		fprintf(stderr, "Usage: mmu-bench [--rounds N], N at least 1\n");
		return 2;
	}
	place_first_thread();
	set_up();
	shim_yield(false);
	checks(rounds);
	/* As in a kernel without lockdep */
	shim_check(false);
	parallel(rounds, "2 threads that share nothing", zap_all, count);
	parallel(rounds, "TDP faults on 2 threads", zap_all, fault_pages);
	unsync_lock(rounds);
	parallel(rounds, "writes that take the unsync lock, 2 threads", sync_tables, write_tables);
	parallel(rounds, "writes that do not, 2 threads", zap_all, write_pages);
	invalidation(rounds);
	shim_check(true);
	test_vm_destroy(&t, &vm);
	platform_exit();
	return 0;
}
