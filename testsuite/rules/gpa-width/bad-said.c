// SPDX-License-Identifier: GPL-2.0-only
// RUN: split-file --leading-lines %s %t
// RUN: %judge -m32 %t/said.c %t/said.contracts | %check
//
// A row says what a type does not: that a number is no address, in how many bits it
// fits, of which kind it is; a comment says that a loss is meant.

//--- said.contracts
carries slot_of() none -- an index, whatever its type
carries port.addr gpa 16 -- the bus has 16 lines
carries show_bad(addr) gpa -- it prints what it is given

//--- said.c
#include <linux/kvm_types.h>

struct port { gpa_t addr; };
extern void use(u32 n);

static gfn_t slot_of(gfn_t gfn)
{
	return gfn / 3;
}

void index_ok(gfn_t gfn)
{
	use(slot_of(gfn));
}

void fits_ok(struct port *port)
{
	use(port->addr);
}

void show_bad(u64 addr)
{
	// CHECK: said.c:[[@LINE+1]]:{{.*}}warning: addr, a gpa of 64 bits, is cut to 32 [gpa-width]
	use(addr);
}

void meant_ok(gpa_t gpa)
{
	/* mmucheck: allow(gpa-width) the other half goes by another register */
	use(gpa);
}
