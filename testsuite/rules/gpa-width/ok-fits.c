// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
// RUN: %judge -m32 %s | %check
//
// What is left of an address fits: an offset, an index, a difference, what was
// compared, what was asked for by its width.
#include <linux/kvm_types.h>

extern void use(u32 n);
extern int warn(void);

void offset_ok(gpa_t gpa)
{
	use(gpa & 4095);
	use((u32)gpa & 4095);
	use((gpa >> 21) & 511);
	use(gpa % 4096);
}

void low_half_ok(gpa_t gpa)
{
	use(gpa & 0xffffffff);
}

void difference_ok(gfn_t gfn, gfn_t base)
{
	use(gfn - base);
}

void compared_ok(gpa_t gpa, gfn_t gfn)
{
	if (gpa < 0x100000000ull)
		use(gpa);
	if (gfn >> 20)
		return;
	use(gfn);
}

void below_another_ok(gpa_t gpa, gpa_t end)
{
	if (end >> 32 || gpa >= end)
		return;
	use(gpa);
}

void asked_ok(gpa_t gpa)
{
	if (gpa != (u32)gpa)
		return;
	use(gpa);
}

void switched_ok(gpa_t port)
{
	switch (port) {
	case 0x20:
	case 0xa0 ... 0xa1:
		use(port);
	}
}

void masked_before_ok(gpa_t port, u32 n)
{
	port &= 3;
	while (n--)
		use(port);
}

static gfn_t frame(gpa_t gpa)
{
	return gpa >> 12;
}

void constant_ok(void)
{
	unsigned int gfn = frame(0xfee00000);

	use(gfn);
}
