// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// From one kind of address to another there is a shift or a translation.
#include <linux/kvm_types.h>

struct kvm { int n; };
extern void zap(struct kvm *kvm, gfn_t start, gfn_t end);
static void zap_here(struct kvm *kvm, gfn_t start)
{
	kvm->n += start != 0;
}

void passed_bad(struct kvm *kvm, gpa_t gpa)
{
	// CHECK: :[[@LINE+3]]:{{.*}}warning: gpa, a gpa, is used as a gfn [gpa-width]
	// CHECK: note: is: a gpa (kvm.contracts:
	// CHECK: note: needs: a gfn (kvm.contracts:
	zap_here(kvm, gpa);
}

gfn_t returned_bad(gpa_t gpa)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gpa, a gpa, is used as a gfn [gpa-width]
	return gpa;
}

int compared_bad(gpa_t gpa, gfn_t gfn)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gpa, a gpa, is compared with a gfn [gpa-width]
	return gpa < gfn;
}

u64 difference_bad(gfn_t gfn, gpa_t gpa)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gfn, a gfn, is counted from a gpa [gpa-width]
	return gfn - gpa;
}

void copied_bad(kvm_pfn_t *pfn, gfn_t gfn)
{
	u64 copy = gfn;

	// CHECK: :[[@LINE+1]]:{{.*}}warning: copy, a gfn, is used as a pfn [gpa-width]
	*pfn = copy;
}
