/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Addresses that sparse tells apart.
 *
 * gpa_t, gfn_t, hpa_t and kvm_pfn_t are all u64 to a compiler, and so is the u32
 * that one of them is cut to. sparse knows better where the typedef says so:
 *
 *	typedef u64 __address_type gpa_t;
 *
 * By default that is nothing. With -DMMUCHECK_ADDRESSES=1 an address that is put
 * in another type, narrower ones above all, without a cast is a warning;
 * arithmetic is free. With =2 the types do not mix and have no arithmetic but by
 * functions that cast with __address_force: gpa_to_gfn() and its kin.
 */
#ifndef _MMUCHECK_ADDRESSES_H
#define _MMUCHECK_ADDRESSES_H

#if !defined(__CHECKER__) || !defined(MMUCHECK_ADDRESSES)
# define __address_type
# define __address_force
#elif MMUCHECK_ADDRESSES == 1
# define __address_type		__attribute__((nocast))
# define __address_force	__attribute__((force))
#elif MMUCHECK_ADDRESSES == 2
# define __address_type		__attribute__((bitwise))
# define __address_force	__attribute__((force))
#else
# error "MMUCHECK_ADDRESSES: expected 1 (no narrowing) or 2 (no mixing)"
#endif

#endif
