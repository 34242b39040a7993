// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// fn_: what goes by memory that is not named is not followed.
// fp_: what another function has found out of it is not known.
#include <linux/kvm_types.h>

extern void copy(void *to, const void *from, int len);
extern void use(u32 n);

void fn_by_pointer(gpa_t gpa)
{
	u64 other;

	copy(&other, &gpa, sizeof(other));
	use(other);
}

static u64 both(u64 n)
{
	return n;
}

/* One variable for an address and a size: it is of no kind. */
u64 fn_two_uses(gpa_t gpa, u64 (*size)(void))
{
	use(both(gpa));
	return both(size());
}

static int is_low(gpa_t gpa)
{
	return gpa < 0x100000000ull;
}

void fp_asked_by_a_function(gpa_t gpa)
{
	// CHECK: :[[@LINE+2]]:{{.*}}warning: gpa, a gpa of 64 bits, is cut to 32 [gpa-width]
	if (is_low(gpa))
		use(gpa);
}
