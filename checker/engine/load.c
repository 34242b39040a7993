// SPDX-License-Identifier: GPL-2.0-only
/* Reads of members that are not to be read without their guard, or that rows are told
 * of, and whatever is done to what such a member points to. */

#include "solve.h"

bool is_read_guarded(const struct link *link, const struct field *field)
{
	const struct guard_list *guards = &link->field_guards[field->id];
	unsigned i;

	for (i = 0; i < guards->n; i++)
		if (guards->at[i]->event == GUARD_READ)
			return true;
	return false;
}

static bool has_guard(const struct link *link, const struct field *field,
		      enum guard_event event, bool pointed)
{
	const struct guard_list *guards = &link->field_guards[field->id];
	unsigned i;

	for (i = 0; i < guards->n; i++)
		if (guards->at[i]->event == event &&
		    guards->at[i]->pointed == pointed)
			return true;
	return false;
}

/* The member that the pointer @e comes from, if what it points to is guarded. */
static const struct expr *guarded_pointer(const struct link *link,
					  const struct expr *e,
					  enum guard_event event)
{
	if (!link->guards_pointed)
		return NULL;
	while (e->op == EXPR_CAST || e->op == EXPR_INDEX)
		e = e->a;
	return e->op == EXPR_FIELD && has_guard(link, e->field, event, true)
	       ? e : NULL;
}

const struct expr *stored_through(const struct link *link,
				  const struct insn *insn)
{
	const struct expr *to = insn->to;

	while (to && (to->op == EXPR_FIELD || to->op == EXPR_INDEX))
		to = to->a;
	return to && to->op == EXPR_DEREF
	       ? guarded_pointer(link, to->a, GUARD_WRITE) : NULL;
}

typedef void (*read_fn)(void *data, const struct expr *e, bool pointed);

/*
 * Calls @seen for each member in @e that is read, or by which something is; an
 * address is no read.
 */
static void each_read(const struct link *link, const struct expr *e,
		      read_fn seen, void *data)
{
	const struct expr *pointer;

	if (!e)
		return;
	if (e->op == EXPR_ADDRESS) {
		for (e = e->a; e->op == EXPR_FIELD || e->op == EXPR_INDEX; e = e->a)
			if (e->op == EXPR_INDEX)
				each_read(link, e->b, seen, data);
		each_read(link, e->op == EXPR_DEREF ? e->a : NULL, seen, data);
		return;
	}
	if (e->op == EXPR_FIELD &&
	    (has_guard(link, e->field, GUARD_READ, false) ||
	     is_told_of_read(link, e->field)))
		seen(data, e, false);
	pointer = e->op == EXPR_DEREF
		  ? guarded_pointer(link, e->a, GUARD_READ) : NULL;
	if (pointer)
		seen(data, pointer, true);
	each_read(link, e->a, seen, data);
	each_read(link, e->b, seen, data);
	each_read(link, e->c, seen, data);
}

/* Where something is stored, only what leads there is read. */
static void each_read_of_insn(const struct link *link, const struct insn *insn,
			      read_fn seen, void *data)
{
	struct expr address = { .op = EXPR_ADDRESS, .a = insn->to };
	unsigned i;

	if (insn->to)
		each_read(link, &address, seen, data);
	each_read(link, insn->value, seen, data);
	for (i = 0; i < insn->nargs; i++)
		each_read(link, insn->args[i], seen, data);
}

static void mark(void *data, const struct expr *e, bool pointed)
{
	(void)e;
	(void)pointed;
	*(bool *)data = true;
}

bool find_guarded_reads(const struct link *link, struct block *block)
{
	bool found = false;
	unsigned i;

	block->reads_guarded = false;
	if (!link->reads_guarded)
		return false;
	each_read(link, block->cond, mark, &found);
	for (i = 0; i < block->ninsns; i++)
		each_read_of_insn(link, &block->insns[i], mark, &found);
	block->reads_guarded = found;
	return found;
}

/* Showing them */

struct showing {
	struct path *path;
	struct work *w;
	struct event event;
	struct insn where;	/* of a condition */
};

static void show(void *data, const struct expr *e, bool pointed)
{
	struct showing *s = data;
	struct event event = s->event;

	event.field = e->field;
	event.pointed = pointed;
	if (s->path->solver->watch)
		event.at = eval_address(s->w, e);
	emit(s->path, &event);
	if (!pointed && is_told_of_read(s->path->solver->link, e->field))
		on_read(s->path, s->w, e, event.insn ? event.insn : &s->where);
}

void show_reads(struct path *path, struct work *w, const struct insn *insn)
{
	struct showing s;

	if (!path->block->reads_guarded)
		return;
	s = (struct showing){
		.path = path, .w = w,
		.event = { .kind = EVENT_LOAD, .work = w, .insn = insn },
	};
	each_read_of_insn(path->solver->link, insn, show, &s);
}

void show_condition_reads(struct path *path, struct work *w,
			  const struct block *block)
{
	struct showing s;

	if (!block->reads_guarded)
		return;
	s = (struct showing){
		.path = path, .w = w,
		.event = { .kind = EVENT_LOAD, .work = w,
			   .line = block->line, .col = block->col },
		.where = { .line = block->line, .col = block->col },
	};
	each_read(path->solver->link, block->cond, show, &s);
}
