// SPDX-License-Identifier: GPL-2.0-only
/* The rows for a function, one after the other, on a path that calls it. */

#include "doing.h"

static const struct term *condition_term(const struct effect *effect,
					 const struct term *value)
{
	const struct term *number = term_int(effect->cond_value);

	switch (effect->cond) {
	case COND_FALSE:
		return term_unary(UN_NOT, value);
	case COND_EQ:
		return term_binary(BIN_EQ, value, number);
	case COND_NE:
		return term_binary(BIN_NE, value, number);
	case COND_LT:
		return term_binary(BIN_LT, value, number);
	case COND_GE:
		return term_binary(BIN_GE, value, number);
	case COND_MASK:
		return term_binary(BIN_AND, value, number);
	case COND_NO_MASK:
		return term_unary(UN_NOT, term_binary(BIN_AND, value, number));
	default:
		return value;
	}
}

static bool same_condition(const struct effect *a, const struct effect *b)
{
	return a->cond == b->cond && a->cond_arg == b->cond_arg &&
	       a->cond_deref == b->cond_deref &&
	       a->cond_value == b->cond_value;
}

/* An event that may or may not be is not reported: skipped, unless it moves a
 * lock, in which case both ways are followed. */
static bool moves_lock(const struct effect *effect)
{
	/* A step that may or may not be taken is none; what a function did, and
	 * says by what it returns, is asked both ways. */
	if (effect->flavour && effect->flavour->mark)
		return effect->cond_arg == ARG_RETURN;
	return effect->verb == VERB_TAKE || effect->verb == VERB_DROP ||
	       effect->verb == VERB_YIELD || effect->verb == VERB_ZERO ||
	       effect->verb == VERB_KEEP;
}

struct rows {
	struct path *path;
	const struct insn *insn;
	struct symbol *symbol;
	const struct term **args;
	unsigned nargs;
	const struct term *value;	/* what the call returns */
	enum rows_part part;
	struct works *out;
};

static void perform_rows(struct rows *r, struct work *w, unsigned from,
			 const struct effect *taken, int way);

static void finish(struct rows *r, struct work *w)
{
	w->result = settled(w, r->value, r->insn->to ? r->insn->to->type : NULL);
	if (r->insn->to && (r->part != ROWS_AFTER || w->result != r->value))
		work_store(w, eval_address(w, r->insn->to), w->result);
	VEC_PUSH(r->out, w);
}

/* Goes on with the rows in both ways that @effect's condition may turn out. */
static void both_ways(struct rows *r, struct work *w, unsigned at,
		      const struct effect *effect, const struct term *cond)
{
	struct work *other = work_copy(w);

	if (work_assume(w, cond, true))
		perform_rows(r, w, at, effect, 1);
	else
		work_free(w);
	if (work_assume(other, cond, false))
		perform_rows(r, other, at, effect, 0);
	else
		work_free(other);
}

static bool is_after(const struct effect *effect)
{
	return effect->after || (effect->cond != COND_ALWAYS &&
				 effect->cond_arg == ARG_RETURN);
}

static bool is_in_part(const struct effect *effect, enum rows_part part)
{
	return part == ROWS_ALL || is_after(effect) == (part == ROWS_AFTER);
}

const struct term *effect_condition(struct doing *d, const struct term *returned)
{
	const struct effect *effect = d->effect;
	const struct term *value;

	if (effect->cond == COND_ALWAYS)
		return NULL;
	value = effect->cond_arg == ARG_RETURN ? returned
					       : arg_of(d, effect->cond_arg);
	/* Who passes no pointer does not want to be told. */
	if (!value || (effect->cond_deref && truth_of(d->w, value) == 0))
		return term_int(0);
	if (effect->cond_deref)
		value = work_load(d->w, value);
	return condition_term(effect, value);
}

static void perform_rows(struct rows *r, struct work *w, unsigned from,
			 const struct effect *taken, int way)
{
	const struct contract *contract = r->symbol->contract;
	unsigned i;

	for (i = from; i < contract->effects.n; i++) {
		const struct effect *effect = &contract->effects.at[i];
		struct doing doing = {
			.path = r->path, .w = w, .insn = r->insn,
			.symbol = r->symbol, .effect = effect,
			.args = r->args, .nargs = r->nargs,
		};
		const struct term *cond;
		int truth;

		if (!is_in_part(effect, r->part) || !is_in_place(&doing))
			continue;
		cond = effect_condition(&doing, r->value);
		if (cond) {
			truth = taken && same_condition(taken, effect)
				? way : truth_of(w, cond);
			if (truth == 0)
				continue;
			if (truth < 0) {
				if (!moves_lock(effect))
					continue;
				both_ways(r, w, i, effect, cond);
				return;
			}
		}
		if (effect->verb == VERB_UNREACHED) {
			work_free(w);
			return;
		}
		perform(&doing);
	}
	finish(r, w);
}

static const struct term *value_by_rows(struct rows *r, struct work *w)
{
	const struct contract *contract = r->symbol->contract;
	const struct term *value = NULL;
	unsigned i;

	for (i = 0; i < contract->effects.n && !value; i++) {
		struct doing doing = {
			.path = r->path, .w = w, .insn = r->insn,
			.symbol = r->symbol,
			.effect = &contract->effects.at[i],
			.args = r->args, .nargs = r->nargs,
		};

		value = effect_result(&doing);
	}
	return value ? value : term_site(r->insn->site, 0);
}

void apply_rows(struct path *path, struct work *w, const struct insn *insn,
		struct symbol *symbol, const struct term **args, unsigned nargs,
		enum rows_part part, struct works *out)
{
	struct rows rows = {
		.path = path, .insn = insn, .symbol = symbol, .args = args,
		.nargs = nargs, .part = part, .out = out,
	};

	const struct contract *contract = symbol->contract;

	rows.value = part == ROWS_AFTER ? w->result : value_by_rows(&rows, w);
	if (contract->noreturn) {
		work_free(w);
		return;
	}
	w->result = rows.value;
	perform_rows(&rows, w, 0, NULL, 0);
}
