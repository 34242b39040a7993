// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// One file included for several widths: what is wrong in it is said for each of
// its functions by name, at its one place.

#include <linux/kvm_host.h>

// CHECK: hp21-walk.h:22:{{.*}}warning: paging32_look_up() is called without kvm.mmu_lock for write [lock-held]
// CHECK: hp21-walk.h:22:{{.*}}warning: paging64_look_up() is called without kvm.mmu_lock for write [lock-held]
#define FNAME(name)	paging64_##name
#define pt_element_t	u64
#include "virt/kvm/hp21-walk.h"
#undef FNAME
#undef pt_element_t
#define FNAME(name)	paging32_##name
#define pt_element_t	u32
#include "virt/kvm/hp21-walk.h"
