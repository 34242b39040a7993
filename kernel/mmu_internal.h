/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one door for includes: what the MMU needs from the kernel, then its own types.
 * In user space the headers of the same names come from shim/.
 */
#ifndef MMU_INTERNAL_H
#define MMU_INTERNAL_H

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/printk.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/string.h>
#include <linux/types.h>

#include "contracts.h"
#include "platform.h"
#include "mmu.h"

#endif
