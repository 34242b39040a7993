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

struct reading {
	const struct link *link;
	read_fn seen;
	void *data;
	struct work *w;		/* NULL: by the text alone */
};

static void each_read(const struct reading *r, const struct expr *e);

/* "a ? b : c", "a && b": what is not asked for on this path is not read. */
static void each_read_asked(const struct reading *r, const struct expr *e)
{
	int truth = r->w ? truth_of(r->w, eval(r->w, e->a)) : -1;
	bool is_or = e->op == EXPR_BINARY && e->sub == BIN_LOR;

	each_read(r, e->a);
	if (truth != is_or)
		each_read(r, e->b);
	if (truth != 1)
		each_read(r, e->c);
}

static bool is_asked(const struct expr *e)
{
	return e->op == EXPR_CONDITIONAL ||
	       (e->op == EXPR_BINARY &&
		(e->sub == BIN_LAND || e->sub == BIN_LOR));
}

/*
 * Tells of each member in @e that is read, or by which something is; an address is
 * no read.
 */
static void each_read(const struct reading *r, const struct expr *e)
{
	const struct expr *pointer;

	if (!e)
		return;
	if (e->op == EXPR_ADDRESS) {
		for (e = e->a; e->op == EXPR_FIELD || e->op == EXPR_INDEX; e = e->a)
			if (e->op == EXPR_INDEX)
				each_read(r, e->b);
		each_read(r, e->op == EXPR_DEREF ? e->a : NULL);
		return;
	}
	if (is_asked(e)) {
		each_read_asked(r, e);
		return;
	}
	if (e->op == EXPR_FIELD &&
	    (has_guard(r->link, e->field, GUARD_READ, false) ||
	     is_told_of_read(r->link, e->field)))
		r->seen(r->data, e, false);
	pointer = e->op == EXPR_DEREF
		  ? guarded_pointer(r->link, e->a, GUARD_READ) : NULL;
	if (pointer)
		r->seen(r->data, pointer, true);
	each_read(r, e->a);
	each_read(r, e->b);
	each_read(r, e->c);
}

/* Where something is stored, only what leads there is read. */
static void each_read_of_insn(const struct reading *r, const struct insn *insn)
{
	struct expr address = { .op = EXPR_ADDRESS, .a = insn->to };
	unsigned i;

	if (insn->to)
		each_read(r, &address);
	each_read(r, insn->value);
	for (i = 0; i < insn->nargs; i++)
		each_read(r, insn->args[i]);
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
	struct reading r = { .link = link, .seen = mark, .data = &found };
	unsigned i;

	block->reads_guarded = false;
	if (!link->reads_guarded)
		return false;
	each_read(&r, block->cond);
	for (i = 0; i < block->ninsns; i++)
		each_read_of_insn(&r, &block->insns[i]);
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
	struct reading r;

	if (!path->block->reads_guarded)
		return;
	s = (struct showing){
		.path = path, .w = w,
		.event = { .kind = EVENT_LOAD, .work = w, .insn = insn },
	};
	r = (struct reading){ path->solver->link, show, &s, w };
	each_read_of_insn(&r, insn);
}

void show_condition_reads(struct path *path, struct work *w,
			  const struct block *block)
{
	struct showing s;
	struct reading r;

	if (!block->reads_guarded)
		return;
	s = (struct showing){
		.path = path, .w = w,
		.event = { .kind = EVENT_LOAD, .work = w,
			   .line = block->line, .col = block->col },
		.where = { .line = block->line, .col = block->col },
	};
	r = (struct reading){ path->solver->link, show, &s, w };
	each_read(&r, block->cond);
}
