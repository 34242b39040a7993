/* SPDX-License-Identifier: GPL-2.0-only */
/* Which functions have to do with which locks, callees included. */
#ifndef MMUCHECK_REACH_H
#define MMUCHECK_REACH_H

#include "link.h"

void find_reach(struct link *link);

/* True if @type is a lock, or an array of locks. */
bool is_lock_type(struct link *link, const struct type *type);

/* True if what @effect says is about a lock and not about sleeping or values. */
bool effect_moves(const struct effect *effect);

/* The class of the lock whose address @e is, as far as the text says it. */
const struct lock_class *static_class(struct link *link, const struct expr *e);

/* The same of the lock that @effect is about where @insn, or NULL, has it. */
const struct lock_class *effect_class(struct link *link,
				      const struct insn *insn,
				      const struct effect *effect);

/* True if @cls is a matter of this function or of one that it calls. */
bool is_touched(const struct info *info, const struct lock_class *cls);

/* For each class the steps that go with it, once all classes are there. */
void find_tied(struct link *link);

/* True if @cls was first met after the sets were made. */
bool is_late(const struct lock_class *cls);

#endif
