/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

#include <linux/types.h>

typedef u64 gpa_t;
typedef u64 gfn_t;
typedef u64 hpa_t;
typedef u64 kvm_pfn_t;
typedef unsigned long gva_t;
typedef unsigned long hva_t;
