/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_TEST_GUEST_H
#define MMU_TEST_GUEST_H

#include "../guest_walk.h"

/**
 * struct test_guest - a guest that keeps tables for a nested guest
 * @vm: its VM
 * @vcpu: who writes the tables
 * @first: the page of the slot that is the root; tables follow it
 * @nr: number of tables so far
 */
struct test_guest {
	struct test_vm *vm;
	struct kvm_vcpu *vcpu;
	unsigned long first, nr;
};

void guest_init(struct test_guest *g, struct test_vm *vm, struct kvm_vcpu *vcpu,
		unsigned long first);
gfn_t guest_pgd(const struct test_guest *g);

/* guest_gpte - where the entry of a nested address is; makes the tables above it */
gpa_t guest_gpte(struct test_guest *g, u64 page, int level);

/* guest_map - map a page of the slot at a nested address; no flush */
void guest_map(struct test_guest *g, u64 page, int level, unsigned long target, u64 bits);

/* The nested guest's accesses */
int nested_read(struct test_guest *g, struct kvm_vcpu *vcpu, u64 page, u64 *value);
int nested_write(struct test_guest *g, struct kvm_vcpu *vcpu, u64 page, u64 value);

/* guest_check - is what the shadow pages say about each other true */
void guest_check(struct test *t, struct kvm *kvm);

#endif
