// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// An address in two registers: nothing is lost while both halves are kept. That the
// upper one is asked for does not keep it.
#include <linux/kvm_types.h>

struct message { u32 low, high; };
extern void write(u32 high, u32 low);
extern int warn(void);

void put_ok(struct message *message, gpa_t gpa)
{
	message->high = gpa >> 32;
	message->low = (u32)gpa;
}

void passed_ok(struct message *message, gpa_t gpa)
{
	write((u32)(gpa >> 32), (u32)gpa);
}

void asked_bad(struct message *message, gpa_t gpa)
{
	if (gpa >> 32)
		warn();
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gpa, a gpa of 64 bits, is cut to 32 [gpa-width]
	message->low = (u32)gpa;
}

void other_bad(struct message *message, gpa_t gpa, gpa_t other)
{
	message->high = other >> 32;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gpa, a gpa of 64 bits, is cut to 32 [gpa-width]
	message->low = (u32)gpa;
}

void shifted_bad(struct message *message, gpa_t gpa)
{
	message->high = gpa >> 40;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gpa, a gpa of 64 bits, is cut to 32 [gpa-width]
	message->low = (u32)gpa;
}
