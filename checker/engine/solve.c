// SPDX-License-Identifier: GPL-2.0-only

#include "solve.h"

#include <string.h>

struct solver *solve(struct link *link)
{
	struct solver *solver = link->solver;

	if (!solver) {
		arena_reset(&solve_arena);
		link->solver = solver = arena_new(&run_arena, struct solver);
		solver->leans = NOT_LEANING;
	}
	solver->link = link;
	state_follow(&link->relevant_fields, &link->sticky_fields);
	do {
		begin_again(solver);
		enter_all(solver);
	} while (solver->refined);
	spread_free(link);
	measure_sight(solver);
	measure_distances(solver);
	return solver;
}

bool node_is_warned(const struct node *node)
{
	unsigned i;

	for (i = 0; i < node->state->nholds; i++)
		if (!strcmp(node->state->holds[i].cls->name, "warned"))
			return true;
	return false;
}

void replay(struct solver *solver,
	    void (*watch)(void *data, const struct event *event), void *data)
{
	unsigned i, k, n;

	solver->watch = watch;
	solver->data = data;
	/* By function, so that the order does not depend on the way here. */
	for (i = 0; i < solver->link->n; i++) {
		struct info *info = info_of(solver->link->functions[i]);

		for (k = 0; k < info->contexts.n; k++) {
			struct context *context = info->contexts.at[k];

			for (n = 0; n < context->nodes.n; n++)
				run_node(solver, context, context->nodes.at[n]);
		}
	}
	solver->watch = NULL;
}

void replay_for_rules(struct solver *solver,
		      void (*watch)(void *data, const struct event *event),
		      void *data)
{
	solver->for_rules = true;
	replay(solver, watch, data);
	solver->for_rules = false;
}
