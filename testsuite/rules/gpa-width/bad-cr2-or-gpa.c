// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -m32 %s | %check
//
// 736c291c9f36: a fault's address was a gva_t on its way to the handler; with TDP it
// is a gpa, of which a 32-bit host kept half.
#include <linux/kvm_types.h>

struct kvm_vcpu;
extern u64 exit_address(void);
extern int handle(struct kvm_vcpu *vcpu, gpa_t gpa);

static int fault(struct kvm_vcpu *vcpu, gva_t cr2_or_gpa)
{
	return handle(vcpu, cr2_or_gpa);
}

int violation(struct kvm_vcpu *vcpu)
{
	gpa_t gpa = exit_address();

	// CHECK: :[[@LINE+1]]:{{.*}}warning: gpa, a gpa of 64 bits, is cut to 32 [gpa-width]
	return fault(vcpu, gpa);
}
