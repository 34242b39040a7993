// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts -m32 %s | FileCheck-19 %s
// RUN: %facts %s | FileCheck-19 --check-prefix=WIDE %s
//
// What is computed in fewer bits than it is used in is cut to these: facts have no
// casts that widen. A bitfield says how many bits it has.
typedef unsigned long long u64;

struct slot { unsigned int first:20; u64 rest:44; u64 all; };

// CHECK: field slot.first #u32 20
// CHECK: field slot.rest #u64 44
// CHECK: slot->all = <#u32>(n << 12)
// WIDE: slot->all = (n << 12)
void shifted(struct slot *slot, unsigned long n)
{
	slot->all = n << 12;
	slot->first = 0;
	slot->rest = 0;
}

// CHECK: return (all & <#u32>~(n - 1))
// WIDE: return (all & ~(n - 1))
u64 masked(u64 all, unsigned long n)
{
	return all & ~(n - 1);
}

// CHECK: return (all & <#u32>-n)
u64 negative(u64 all, unsigned long n)
{
	return all & -n;
}

// A constant is what it is; one that is shifted is small.
// CHECK: return ((all & 4294963200) + (1 << n))
u64 constant(u64 all, int n)
{
	return (all & ~4095UL) + (1 << n);
}

// What is widened first loses nothing.
// CHECK: return (n << 12)
u64 first(unsigned long n)
{
	return (u64)n << 12;
}
