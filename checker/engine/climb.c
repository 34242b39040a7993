// SPDX-License-Identifier: GPL-2.0-only

#include "climb.h"

static void climb_on(struct climb *climb, struct context *context)
{
	unsigned i;

	if (context->mark == climb->mark)
		return;
	context->mark = climb->mark;
	if (!context->callers.n)
		climb->blame(climb, NULL, context);
	for (i = 0; i < context->callers.n; i++) {
		struct caller *caller = context->callers.at[i];

		if (climb->steps == ARRAY_SIZE(climb->way) ||
		    node_is_warned(caller->node))
			continue;
		climb->way[climb->steps++] = caller;
		if (climb->goes_on(climb, caller, context))
			climb_on(climb, caller->context);
		else
			climb->blame(climb, caller, context);
		climb->steps--;
	}
}

void climb_from(struct climb *climb, struct context *context)
{
	static unsigned marks;

	climb->mark = ++marks;
	climb_on(climb, context);
}

void climb_path(const struct climb *climb, struct finding *finding)
{
	finding_path_by(finding, climb->way, climb->steps, climb->event->context,
			climb->event->node);
}
