// SPDX-License-Identifier: GPL-2.0-only
/*
 * The locks of the shim are locks: what is done wrong with them stops the program, and
 * says what is held.  Each wrong thing is done in a child.
 */
#include "test.h"
#include "user.h"
#include "../gmem.h"
#include "../invalidate.h"
#include "../memslot.h"
#include "../tdp.h"
#include "../unsync.h"
#include "../zap.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void child(void (*wrong)(void *arg), void *arg, int out)
{
	dup2(out, STDERR_FILENO);
	wrong(arg);
	_exit(0);
}

/* Does @wrong stop the program, with @says among its last words? */
static bool stops(void (*wrong)(void *arg), void *arg, const char *says)
{
	char text[4096];
	size_t len = 0;
	int out[2], status;
	ssize_t n;
	pid_t pid;

	if (pipe(out))
		return false;
	fflush(stdout);
	pid = fork();
	if (!pid)
		child(wrong, arg, out[1]);
	close(out[1]);
	while ((n = read(out[0], text + len, sizeof(text) - 1 - len)) > 0)
		len += n;
	close(out[0]);
	text[len] = 0;
	waitpid(pid, &status, 0);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && strstr(text, says))
		return true;
	printf("# want \"%s\", have status %#x and: %s\n", says, status, text);
	return false;
}

struct locks {
	struct mutex a, b;
	spinlock_t spin;
	rwlock_t rw;
	struct srcu_struct srcu;
};

static void locks_init(struct locks *l)
{
	mutex_init(&l->a);
	mutex_init(&l->b);
	spin_lock_init(&l->spin);
	rwlock_init(&l->rw);
	init_srcu_struct(&l->srcu);
}

static void takes_twice(void *arg)
{
	struct locks *l = arg;

	mutex_lock(&l->a);
	mutex_lock(&l->a);
}

static void reads_as_writer(void *arg)
{
	struct locks *l = arg;

	write_lock(&l->rw);
	read_lock(&l->rw);
}

static void drops_unheld(void *arg)
{
	struct locks *l = arg;

	spin_unlock(&l->spin);
}

static void drops_in_the_other_mode(void *arg)
{
	struct locks *l = arg;

	read_lock(&l->rw);
	write_unlock(&l->rw);
}

static void sleeps_under_spinlock(void *arg)
{
	struct locks *l = arg;

	spin_lock(&l->spin);
	mutex_lock(&l->a);
}

static void allocates_under_rwlock(void *arg)
{
	struct locks *l = arg;

	read_lock(&l->rw);
	kfree(kzalloc(8, GFP_KERNEL));
}

static void sleeps_under_rcu(void *arg)
{
	struct locks *l = arg;

	rcu_read_lock();
	mutex_lock(&l->a);
}

static void a_then_b_then_b_then_a(void *arg)
{
	struct locks *l = arg;

	mutex_lock(&l->a);
	mutex_lock(&l->b);
	mutex_unlock(&l->b);
	mutex_unlock(&l->a);
	mutex_lock(&l->b);
	mutex_lock(&l->a);
}

static void waits_for_itself(void *arg)
{
	struct locks *l = arg;

	srcu_read_lock(&l->srcu);
	synchronize_srcu(&l->srcu);
}

static void waits_under_what_readers_take(void *arg)
{
	struct locks *l = arg;
	int idx = srcu_read_lock(&l->srcu);

	mutex_lock(&l->a);
	mutex_unlock(&l->a);
	srcu_read_unlock(&l->srcu, idx);
	mutex_lock(&l->a);
	synchronize_srcu(&l->srcu);
}

static void locks_are_checked(struct test *t)
{
	struct locks l;

	locks_init(&l);
	EXPECT(t, stops(takes_twice, &l, "a is taken (write) by its holder"));
	EXPECT(t, stops(reads_as_writer, &l, "rw is taken (read) by its holder"));
	EXPECT(t, stops(drops_unheld, &l, "spin is dropped (write) by a thread that does not"));
	EXPECT(t, stops(drops_in_the_other_mode, &l, "holds: rw (read)"));
	EXPECT(t, stops(sleeps_under_spinlock, &l, "a() may sleep"));
	EXPECT(t, stops(allocates_under_rwlock, &l, "an allocation() may sleep"));
	EXPECT(t, stops(sleeps_under_rcu, &l, "holds: rcu_read_lock()"));
	EXPECT(t, stops(a_then_b_then_b_then_a, &l, "lock order: a is taken inside b"));
	EXPECT(t, stops(waits_for_itself, &l, "a reader of srcu waits for its own end"));
	EXPECT(t, stops(waits_under_what_readers_take, &l, "deadlock: a is taken inside srcu"));
}

static void zaps_without_window(void *arg)
{
	struct test_vm *vm = arg;
	struct kvm_gfn_range range = { .start = TEST_GFN, .end = TEST_GFN + 1 };

	write_lock(&vm->kvm->mmu_lock);
	kvm_unmap_gfn_range(vm->kvm, &range);
}

/* slots_lock alone is no proof that the slot is going: the strict form. */
static void zaps_under_slots_lock(void *arg)
{
	struct test_vm *vm = arg;
	struct kvm_memory_slot slot = { .id = 0, .base_gfn = TEST_GFN, .npages = 1 };
	struct kvm_gfn_range range = { .slot = &slot, .start = TEST_GFN, .end = TEST_GFN + 1 };

	mutex_lock(&vm->kvm->slots_lock);
	write_lock(&vm->kvm->mmu_lock);
	kvm_unmap_gfn_range(vm->kvm, &range);
}

static void opens_window_as_reader(void *arg)
{
	struct test_vm *vm = arg;

	read_lock(&vm->kvm->mmu_lock);
	kvm_mmu_invalidate_begin(vm->kvm);
}

static void marks_unsync_without_lock(void *arg)
{
	struct test_vm *vm = arg;

	read_lock(&vm->kvm->mmu_lock);
	mark_unsync(vm->kvm, __va(vm->vcpu[0]->arch.mmu->root));
}

static void looks_for_slots_unprotected(void *arg)
{
	struct test_vm *vm = arg;

	kvm_memslots(vm->kvm);
}

static void takes_slots_lock_as_reader(void *arg)
{
	struct test_vm *vm = arg;

	srcu_read_lock(&vm->kvm->srcu);
	mutex_lock(&vm->kvm->slots_lock);
}

static void contracts_are_checked(struct test *t)
{
	struct test_vm vm;
	u64 value;

	if (!test_vm_create(t, &vm, KVM_VM_TDP, 16, 1))
		return;
	EXPECT(t, sim_read(vm.vcpu[0], test_gpa(0), &value) == 0);
	EXPECT(t, stops(zaps_without_window, &vm, "kvm_unmap_gfn_range() needs"));
	EXPECT(t, stops(zaps_under_slots_lock, &vm, "kvm_unmap_gfn_range() needs"));
	EXPECT(t, stops(opens_window_as_reader, &vm, "needs &kvm->mmu_lock for write"));
	EXPECT(t, stops(marks_unsync_without_lock, &vm, "mark_unsync() needs"));
	EXPECT(t, stops(looks_for_slots_unprotected, &vm, "kvm_memslots() needs srcu"));
	EXPECT(t, stops(takes_slots_lock_as_reader, &vm, "deadlock: slots_lock"));
	test_vm_destroy(t, &vm);
}

static void reads_zapped_page(void *arg)
{
	struct folio *folio = arg;

	*(volatile char *)platform_direct_map_address(folio);
}

/* What is not in the direct map cannot be read through it: a real fault. */
static void direct_map_really_faults(struct test *t)
{
	struct folio *folio = platform_alloc_folio();
	int status;
	pid_t pid;

	folio_lock(folio);
	EXPECT(t, platform_direct_map_zap(folio) == 0);
	EXPECT(t, !platform_direct_map_present(folio));
	fflush(stdout);
	pid = fork();
	if (!pid) {
		signal(SIGSEGV, SIG_DFL);
		reads_zapped_page(folio);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	EXPECT(t, WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
	EXPECT(t, platform_direct_map_restore(folio) == 0);
	reads_zapped_page(folio);
	folio_unlock(folio);
	folio_put(folio);
}

static const struct test_case cases[] = {
	{ "locks_are_checked", locks_are_checked },
	{ "contracts_are_checked", contracts_are_checked },
	{ "direct_map_really_faults", direct_map_really_faults },
	{ }
};

const struct test_suite held_suite = { "held", cases };
