// SPDX-License-Identifier: GPL-2.0-only
/* Locks that are not taken in a section which is a mark: "never A in B". */

#include "needs.h"

#include <string.h>

static void tell(struct findings *findings, const struct event *event,
		 const char *rule, const struct lock_class *held,
		 const struct row *row)
{
	const struct function *fn = event->context->fn;
	struct finding *finding;

	finding = finding_add(findings, rule, fn, event->line, event->col,
			      "%s is taken in %s", event->cls->name, held->name);
	if (!finding)
		return;
	finding_note(finding, fn, event->line, event->col, "rule: %s%s",
		     row->reason, row_text(row));
	finding_note(finding, fn, event->line, event->col, "%s means%s",
		     held->name, row_text(held->mark_row));
	finding_holds(finding, event->work);
	finding_path(finding, event->context, event->node);
}

bool is_excused(const struct never *never, const struct work *w)
{
	return never->unless && work_holds(w, never->unless->name);
}

/* Who only tries does not wait for the holder. */
void check_never(struct findings *findings, const struct event *event,
		 const char *rule)
{
	const struct work *work = event->work;
	unsigned i;

	if (event->kind != EVENT_TAKE || event->effect->tries ||
	    work_holds(work, "warned"))
		return;
	for (i = 0; i < work->holds.n; i++) {
		const struct lock_class *held = work->holds.at[i].cls;
		const struct never *never;

		if (!held->rule || strcmp(held->rule, rule))
			continue;
		never = never_of(event->solver->link->contracts, event->cls, held);
		if (never && !is_excused(never, work))
			tell(findings, event, rule, held, never->row);
	}
}
