/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

#include <linux/types.h>

#define ___GFP_DIRECT_RECLAIM	0x400u
#define GFP_ATOMIC		0x820u
#define GFP_KERNEL		(0x8c0u | ___GFP_DIRECT_RECLAIM)
#define GFP_KERNEL_ACCOUNT	(GFP_KERNEL | 0x400000u)

void *kmalloc(size_t size, gfp_t flags);
void *kzalloc(size_t size, gfp_t flags);
void kfree(const void *p);
void kvfree(const void *p);
