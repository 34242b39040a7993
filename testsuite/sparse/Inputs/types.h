/* SPDX-License-Identifier: GPL-2.0-only */
#include "addresses.h"

typedef unsigned long long u64;
typedef unsigned int u32;
typedef u64 __address_type gpa_t;
typedef u64 __address_type gfn_t;
typedef u64 __address_type hpa_t;
typedef u64 __address_type kvm_pfn_t;

#define PAGE_SHIFT	12

static inline gfn_t gpa_to_gfn(gpa_t gpa)
{
	return (__address_force gfn_t)((__address_force u64)gpa >> PAGE_SHIFT);
}

static inline hpa_t pfn_to_hpa(kvm_pfn_t pfn)
{
	return (__address_force hpa_t)((__address_force u64)pfn << PAGE_SHIFT);
}
