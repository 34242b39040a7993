// SPDX-License-Identifier: GPL-2.0-only

#include "propose.h"
#include "reach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WAYS	3		/* to say one lock over the parameters */
#define CLOSER		4		/* calls towards one that is not clear */
#define MAX_ROUNDS	4

struct proposing {
	struct analysis *analysis;
	struct proposals *proposals;
	const struct function *fn;
	unsigned index;
};

static bool same_proposal(const struct proposal *a, const struct proposal *b)
{
	unsigned i;

	if (a->fn != b->fn || a->word != b->word || a->nargs != b->nargs)
		return false;
	for (i = 0; i < a->nargs; i++)
		if (a->args[i] != b->args[i])
			return false;
	return true;
}

static void add(struct proposing *p, const char *word, const char *first,
		const char *second)
{
	struct proposal proposal = {
		.fn = p->index, .word = intern(word),
		.args = { first, second }, .nargs = second ? 2 : 1,
	};
	unsigned i;

	for (i = p->proposals->all.n; i--;) {
		if (p->proposals->all.at[i].fn != p->index)
			break;
		if (same_proposal(&p->proposals->all.at[i], &proposal))
			return;
	}
	VEC_PUSH(&p->proposals->all, proposal);
}

/* How a lock can be said */

struct ways {
	const char *at[MAX_WAYS];
	unsigned n;
};

static void add_way(struct ways *ways, const char *text)
{
	unsigned i;

	for (i = 0; i < ways->n; i++)
		if (ways->at[i] == text)
			return;
	if (ways->n < MAX_WAYS)
		ways->at[ways->n++] = text;
}

/* True if @e speaks of parameters and variables at file scope only. */
static bool is_over_params(const struct function *fn, const struct expr *e)
{
	switch (e->op) {
	case EXPR_INT: case EXPR_GLOBAL:
		return true;
	case EXPR_VAR:
		return e->var < fn->nparams;
	case EXPR_FIELD: case EXPR_DEREF: case EXPR_ADDRESS:
		return is_over_params(fn, e->a);
	case EXPR_INDEX:
		return is_over_params(fn, e->a) && is_over_params(fn, e->b);
	default:
		return false;
	}
}

/* Nobody has put something else there before. */
static bool is_assigned(const struct function *fn, unsigned var)
{
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct expr *to = fn->blocks[b].insns[i].to;

			if (to && to->op == EXPR_VAR && to->var == var)
				return true;
		}
	return false;
}

static bool is_steady(const struct function *fn)
{
	unsigned i;

	for (i = 0; i < fn->nparams; i++)
		if (is_assigned(fn, i))
			return false;
	return true;
}

/* The lock of @cls as an assert in the function's body says it. */
static void ways_of_asserts(struct proposing *p, const struct lock_class *cls,
			    struct ways *ways)
{
	const struct verdicts *verdicts = p->analysis->verdicts;
	struct link *link = p->analysis->solver->link;
	unsigned k;

	if (!is_steady(p->fn))
		return;
	for (k = verdicts->first[p->fn->id]; k < verdicts->first[p->fn->id + 1];
	     k++) {
		const struct insn *insn = verdicts->all.at[k].insn;
		const struct expr *e = insn->nargs ? insn->args[0] : NULL;
		char text[300];

		while (e && e->op == EXPR_CAST)
			e = e->a;
		if (!e || static_class(link, e) != cls ||
		    !is_over_params(p->fn, e))
			continue;
		expr_print(p->fn, e, text, sizeof(text));
		add_way(ways, intern(text));
	}
}

static const struct type *record_behind(const struct type *type, bool *pointer)
{
	*pointer = type && type->kind == TYPE_POINTER;
	if (*pointer)
		type = type->to;
	return type && type->kind == TYPE_RECORD ? type : NULL;
}

/*
 * From @record, said @text, to the record @owner of the lock @member: directly, or
 * by one or two members on the way.
 */
static void ways_from(struct proposing *p, const struct type *record,
		      const char *text, const char *owner, const char *member,
		      unsigned hops, struct ways *ways)
{
	const struct program *program = p->analysis->program;
	char more[300];
	unsigned i;

	if (record->name == owner && !hops) {
		snprintf(more, sizeof(more), "&%s%s", text, member);
		add_way(ways, intern(more));
	}
	for (i = 0; hops && i < program->fields.n; i++) {
		const struct field *field = program->fields.at[i];
		const struct type *next;
		bool pointer;

		if (field->record != record->name)
			continue;
		next = record_behind(field->type, &pointer);
		if (!next || next == record)
			continue;
		snprintf(more, sizeof(more), "%s%s%s", text, field->name,
			 pointer ? "->" : ".");
		ways_from(p, next, more, owner, member, hops - 1, ways);
	}
}

static void ways_of_params(struct proposing *p, const struct lock_class *cls,
			   struct ways *ways)
{
	const struct field *field = program_field(p->analysis->program,
						  cls->name);
	unsigned i, hops;
	char text[300];

	for (hops = 0; field && hops <= 2; hops++)
		for (i = 0; i < p->fn->nparams; i++) {
			const struct variable *var = &p->fn->vars[i];
			const struct type *record;
			bool pointer;

			record = record_behind(var->type, &pointer);
			if (!record || !pointer)
				continue;
			snprintf(text, sizeof(text), "%s->", var->name);
			ways_from(p, record, text, field->record, field->name,
				  hops, ways);
		}
}

static struct ways ways_of(struct proposing *p, const struct lock_class *cls)
{
	struct ways ways = { .n = 0 };

	ways_of_asserts(p, cls, &ways);
	ways_of_params(p, cls, &ways);
	return ways;
}

/* What is proposed */

static bool is_lock_with_place(const struct lock_class *cls)
{
	return cls->flavour && !cls->flavour->reentrant && !cls->flavour->loose;
}

/* The function or something that it calls has to do with the lock; or it must not
 * sleep, because of it. */
static bool is_of_matter(const struct info *info, const struct lock_class *cls)
{
	if (cls->flavour->atomic)
		return true;
	return cls->id < info->touched.n * 64 && bit_get(&info->touched, cls->id);
}

static void propose_mode(struct proposing *p, const struct lock_class *cls,
			 unsigned modes, int by_param)
{
	struct ways ways = ways_of(p, cls);
	unsigned i;

	for (i = 0; i < ways.n; i++)
		if (!cls->flavour->shared || modes == 1u << MODE_WRITE)
			add(p, "requires_capability", ways.at[i], NULL);
		else if (by_param >= 0)
			add(p, "must_hold_mode", p->fn->vars[by_param].name,
			    ways.at[i]);
		else
			add(p, "requires_shared_capability", ways.at[i], NULL);
}

/* What the function itself asserts is what it needs, whoever calls it. */
static void propose_asserted(struct proposing *p)
{
	const struct verdicts *verdicts = p->analysis->verdicts;
	struct link *link = p->analysis->solver->link;
	unsigned k, i;

	for (k = verdicts->first[p->fn->id]; k < verdicts->first[p->fn->id + 1];
	     k++) {
		const struct verdict *v = &verdicts->all.at[k];
		const struct contract *contract = v->asks->contract;
		const struct lock_class *cls;

		if (v->kind != VERDICT_PROVED || !v->insn->nargs)
			continue;
		cls = static_class(link, v->insn->args[0]);
		if (!cls || !is_lock_with_place(cls))
			continue;
		for (i = 0; i < contract->effects.n; i++) {
			const struct effect *effect = &contract->effects.at[i];

			if (effect->verb == VERB_NEED && effect->arg == 0 &&
			    effect->mode_arg == ARG_NONE)
				propose_mode(p, cls, effect->mode == MODE_WRITE
					     ? 1u << MODE_WRITE
					     : 1u << MODE_READ, -1);
		}
	}
}

/* A counter is named itself, a lock by its address. */
static void propose_window(struct proposing *p, const struct lock_class *cls)
{
	struct ways ways = ways_of(p, cls);
	unsigned i;

	for (i = 0; i < ways.n; i++)
		add(p, "must_be_in_window", intern(ways.at[i] + 1), NULL);
}

static void propose_held(struct proposing *p, const struct usuals *usuals)
{
	struct link *link = p->analysis->solver->link;
	unsigned i;

	for (i = 0; i < usuals->held.n; i++) {
		const struct usual *usual = &usuals->held.at[i];

		if (usual->always && is_window(link, usual->cls) &&
		    is_of_matter(info_of(p->fn), usual->cls))
			propose_window(p, usual->cls);
		if (usual->always && is_lock_with_place(usual->cls) &&
		    is_of_matter(info_of(p->fn), usual->cls))
			propose_mode(p, usual->cls, usual->modes,
				     usual->by_param);
	}
}

/* One of two, in whatever mode. */
static void propose_either(struct proposing *p, const struct usual *usual)
{
	struct ways ways = ways_of(p, usual->cls);
	struct ways others = ways_of(p, usual->other);
	unsigned i, k;

	for (i = 0; i < ways.n; i++)
		for (k = 0; k < others.n; k++)
			add(p, "must_hold_any", ways.at[i], others.at[k]);
}

static void propose_eithers(struct proposing *p, const struct usuals *usuals)
{
	const struct info *info = info_of(p->fn);
	unsigned i;

	for (i = 0; i < usuals->held.n; i++) {
		const struct usual *usual = &usuals->held.at[i];

		/* Each of the two has the other: once is enough. */
		if (!usual->always && usual->other &&
		    strcmp(usual->cls->name, usual->other->name) < 0 &&
		    is_lock_with_place(usual->cls) &&
		    is_lock_with_place(usual->other) &&
		    is_of_matter(info, usual->cls) &&
		    is_of_matter(info, usual->other))
			propose_either(p, usual);
	}
}

/* True if the function's own text takes it: whoever holds it waits for himself. */
static bool takes_itself(struct proposing *p, const struct lock_class *cls)
{
	struct link *link = p->analysis->solver->link;
	unsigned b, i, k;

	for (b = 0; b < p->fn->nblocks; b++)
		for (i = 0; i < p->fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &p->fn->blocks[b].insns[i];
			const struct contract *contract;

			if (insn->kind != INSN_CALL || !insn->nargs ||
			    insn->value->op != EXPR_FUNCTION ||
			    static_class(link, insn->args[0]) != cls)
				continue;
			contract = insn->value->symbol->contract;
			for (k = 0; contract && k < contract->effects.n; k++)
				if (contract->effects.at[k].verb == VERB_TAKE &&
				    !contract->effects.at[k].tries)
					return true;
		}
	return false;
}

static void propose_absent(struct proposing *p, const struct usuals *usuals)
{
	unsigned i, k;

	for (i = 0; i < usuals->absent.n; i++) {
		const struct lock_class *cls = usuals->absent.at[i];
		struct ways ways;

		if (!is_lock_with_place(cls) || !takes_itself(p, cls))
			continue;
		ways = ways_of(p, cls);
		for (k = 0; k < ways.n; k++)
			add(p, "locks_excluded", ways.at[k], NULL);
	}
}

/* Every call is in sight, and none is from where nothing is known. */
static bool is_known(const struct info *info)
{
	return info->called && !info->entries.n && !info->afar;
}

struct proposals *propose(struct analysis *analysis)
{
	struct proposals *proposals = arena_new(&run_arena, struct proposals);
	const struct inference *inference = analysis_infer(analysis);
	struct proposing p = { .analysis = analysis, .proposals = proposals };

	for (p.index = 0; p.index < analysis->program->functions.n; p.index++) {
		p.fn = analysis->program->functions.at[p.index];
		if (!p.fn->symbol || p.fn->symbol->def != p.fn ||
		    p.fn->nattrs || !is_known(info_of(p.fn)))
			continue;
		propose_asserted(&p);
		/* Others may call an exported one. */
		if (p.fn->exported)
			continue;
		propose_held(&p, &inference->of[p.fn->id]);
		propose_eithers(&p, &inference->of[p.fn->id]);
		propose_absent(&p, &inference->of[p.fn->id]);
	}
	return proposals;
}

/* The proof */

static const struct expr *parse_arg(struct analysis *analysis,
				    struct function *fn, const char *text,
				    struct error *err)
{
	struct parse parse = {
		.program = analysis->program, .unit = fn->unit, .function = fn,
		.at = text, .end = text + strlen(text), .name = "a proposal",
		.err = err,
	};

	return expr_parse(&parse);
}

static bool state(struct analysis *analysis, struct function *fn,
		  struct contract_attr *attr, const struct proposal *proposal,
		  struct error *err)
{
	unsigned i;

	attr->word = proposal->word;
	attr->nargs = proposal->nargs;
	attr->args = arena_array(&run_arena, const struct expr *, attr->nargs);
	for (i = 0; i < attr->nargs; i++) {
		attr->args[i] = parse_arg(analysis, fn, proposal->args[i], err);
		if (!attr->args[i])
			return false;
	}
	return true;
}

/* All proposals for one function, which has no contracts of its own. */
static bool state_all(struct proposals *proposals, struct analysis *analysis,
		      struct error *err)
{
	unsigned i, k, n;

	for (i = 0; i < proposals->all.n; i += n) {
		struct proposal *first = &proposals->all.at[i];
		struct function *fn = analysis->program->functions.at[first->fn];
		struct contract_attr *attrs;

		for (n = 1; i + n < proposals->all.n &&
		     first[n].fn == first->fn; n++)
			;
		attrs = arena_array(&run_arena, struct contract_attr, n);
		for (k = 0; k < n; k++) {
			if (!state(analysis, fn, &attrs[k], &first[k], err))
				return false;
			first[k].attr = &attrs[k];
			first[k].calls = 0;
		}
		fn->attrs = attrs;
		fn->nattrs = n;
	}
	return true;
}

struct proof {
	struct proposals *proposals;
	bool closer;			/* more is to be known of some functions */
	VEC(struct proposal *) by_attr;
};

static int by_attr(const void *x, const void *y)
{
	const struct proposal *const *a = x, *const *b = y;

	return ((*a)->attr > (*b)->attr) - ((*a)->attr < (*b)->attr);
}

static struct proposal *proposal_of(struct proof *proof,
				    const struct contract_attr *attr)
{
	struct proposal key = { .attr = attr }, *want = &key, **found;

	found = bsearch(&want, proof->by_attr.at, proof->by_attr.n,
			sizeof(want), by_attr);
	return found ? *found : NULL;
}

/* That very lock, in that mode, and no states were given up on the way. */
static bool is_shown(const struct event *event)
{
	const struct hold *hold;
	int how;

	if (event->context->capped)
		return false;
	if (event->kind == EVENT_FORBID)
		return event->verdict == 1;
	hold = hold_find((struct work *)event->work, event->cls, event->at,
			 &how);
	if (!hold || how != 1)
		return false;
	if (event->mode == MODE_ANY)
		return event->effect->mode_arg == ARG_NONE;
	return hold->mode == event->mode;
}

/* Who leads there is to be seen in full: it may be that lock after all. */
static void look_closer(struct proof *proof, const struct context *context,
			struct info *callee)
{
	unsigned i;

	proof->closer |= look_closer_at(callee);
	for (i = 0; context && i < CLOSER; i++) {
		proof->closer |= look_closer_at(context->info);
		context = context->first ? context->first->context : NULL;
	}
}

static void watch(void *data, const struct event *event)
{
	struct proposal *proposal;

	if ((event->kind != EVENT_NEED && event->kind != EVENT_FORBID) ||
	    !event->effect->said || work_holds(event->work, "warned"))
		return;
	proposal = proposal_of(data, event->effect->said);
	if (!proposal)
		return;
	proposal->calls++;
	if (!is_shown(event) && event->hold)
		look_closer(data, event->context, info_of(event->callee->def));
	proposal->refuted |= !is_shown(event);
}

static bool drop_refuted(struct proposals *proposals)
{
	unsigned i, n = 0;
	bool dropped;

	for (i = 0; i < proposals->all.n; i++)
		if (!proposals->all.at[i].refuted && proposals->all.at[i].calls)
			proposals->all.at[n++] = proposals->all.at[i];
	dropped = n != proposals->all.n;
	proposals->all.n = n;
	return dropped;
}

static void index_attrs(struct proof *proof)
{
	unsigned i;

	for (i = 0; i < proof->proposals->all.n; i++)
		VEC_PUSH(&proof->by_attr, &proof->proposals->all.at[i]);
	if (proof->by_attr.n)
		qsort(proof->by_attr.at, proof->by_attr.n,
		      sizeof(*proof->by_attr.at), by_attr);
}

static void hold_to_proof(struct proof *proof, struct solver *solver)
{
	unsigned i, rounds = 0;

	do {
		if (rounds++)
			solver = solve(solver->link);
		for (i = 0; i < proof->proposals->all.n; i++) {
			proof->proposals->all.at[i].refuted = false;
			proof->proposals->all.at[i].calls = 0;
		}
		proof->closer = false;
		replay_for_rules(solver, watch, proof);
	} while (proof->closer && rounds < MAX_ROUNDS);
}

bool proposals_try(struct proposals *proposals, struct analysis *analysis,
		   bool *proved, struct error *err)
{
	struct proof proof = { .proposals = proposals };

	analysis->aliases = true;
	if (!state_all(proposals, analysis, err) ||
	    !analysis_run(analysis, err))
		return false;
	index_attrs(&proof);
	hold_to_proof(&proof, analysis->solver);
	free(proof.by_attr.at);
	*proved = !drop_refuted(proposals);
	return true;
}
