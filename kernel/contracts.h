/* SPDX-License-Identifier: GPL-2.0-only */
/* The words for lock contracts.  Where the kernel has a word of its own it stays. */
#ifndef MMU_CONTRACTS_H
#define MMU_CONTRACTS_H

#include "../annotations/mmucheck.h"

#endif
