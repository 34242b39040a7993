/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where function addresses go: into members, variables at file scope, and, as
 * arguments, into parameters.  A member is one place, whatever record it is in:
 * that is how an ops table works.
 */
#ifndef MMUCHECK_FLOW_H
#define MMUCHECK_FLOW_H

#include "link.h"

struct flow;

struct flow *flow_build(struct link *link);
struct targets flow_targets(struct flow *flow, const struct function *fn,
			    const struct expr *callee);

/*
 * flow_escape() - where the rest of the kernel may call @symbol from
 *
 * The member that holds it ("work_struct.func"), or the function out of sight
 * that it was passed to ("call_rcu"); NULL if its address was never taken.
 */
const char *flow_escape(struct flow *flow, const struct symbol *symbol);

/* True if @symbol was put somewhere that nobody in sight calls it from. */
bool flow_is_afar(struct flow *flow, const struct symbol *symbol);

#endif
