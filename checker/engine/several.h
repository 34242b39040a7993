/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Locks of objects that are kept in an array: who took them wrote down there whose
 * they are, and a loop over it drops them. Which ones, and how many, nobody counts.
 */
#ifndef MMUCHECK_SEVERAL_H
#define MMUCHECK_SEVERAL_H

#include "link.h"

/* By the text of all functions; once, after linking. */
void find_several(struct link *link);

/* @fn drops those of an array, and does not take them so itself. */
bool drops_several(const struct function *fn, const struct lock_class *cls);

/* Who calls @fn does: that @fn leaves several held may be meant. */
bool takes_for_several(const struct function *fn, const struct lock_class *cls);

#endif
