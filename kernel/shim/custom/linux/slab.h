/* SPDX-License-Identifier: GPL-2.0-only */
/* An allocation that may sleep stops the program where sleeping is forbidden. */
#ifndef SHIM_LINUX_SLAB_H
#define SHIM_LINUX_SLAB_H

#include <linux/types.h>

#define GFP_KERNEL		0x400u
#define GFP_KERNEL_ACCOUNT	0x400u
#define GFP_ATOMIC		0x20u
#define __GFP_ZERO		0x100u

void *kzalloc(size_t size, gfp_t flags);
void *kvcalloc(size_t n, size_t size, gfp_t flags);
void *kmemdup(const void *from, size_t size, gfp_t flags);
void kfree(const void *p);
void kvfree(const void *p);

#endif
