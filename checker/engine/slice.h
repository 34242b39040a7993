/* SPDX-License-Identifier: GPL-2.0-only */
/* Which branches decide what happens to locks, and by which values. */
#ifndef MMUCHECK_SLICE_H
#define MMUCHECK_SLICE_H

#include "link.h"

void find_slices(struct link *link);

#endif
