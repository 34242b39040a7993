// SPDX-License-Identifier: GPL-2.0-only
/* What values are, and what a branch says of them. */

#include "state.h"

#include <string.h>

#define MAX_STEPS	24	/* into what a term is made of */

bool range_is_empty(struct range r)
{
	return r.low > r.high || (r.nonzero && r.low == 0 && r.high == 0);
}

struct range range_hull(struct range a, struct range b)
{
	struct range r = {
		a.low < b.low ? a.low : b.low,
		a.high > b.high ? a.high : b.high,
		false,
	};

	r.nonzero = (a.nonzero || a.low > 0 || a.high < 0) &&
		    (b.nonzero || b.low > 0 || b.high < 0);
	return r;
}

static struct range intersect(struct range a, struct range b)
{
	return (struct range){
		a.low > b.low ? a.low : b.low,
		a.high < b.high ? a.high : b.high,
		a.nonzero || b.nonzero,
	};
}

static struct range exactly(int64_t value)
{
	return (struct range){ value, value, value != 0 };
}

static bool is_true(struct range r)
{
	return r.nonzero || r.low > 0 || r.high < 0;
}

static bool is_false(struct range r)
{
	return r.low == 0 && r.high == 0 && !r.nonzero;
}

static struct range of_truth(int truth)
{
	if (truth < 0)
		return (struct range){ 0, 1, false };
	return exactly(truth);
}

static const struct known *known_of(const struct work *w, const struct term *t)
{
	unsigned i;

	for (i = 0; i < w->knowns.n; i++)
		if (w->knowns.at[i].term == t)
			return &w->knowns.at[i];
	return NULL;
}

static struct range measure(const struct work *w, const struct term *t,
			    unsigned steps);

static int compare(unsigned op, struct range a, struct range b)
{
	bool disjoint = a.high < b.low || b.high < a.low ||
			(is_false(a) && is_true(b)) ||
			(is_true(a) && is_false(b));
	bool single = a.low == a.high && b.low == b.high && a.low == b.low;

	switch (op) {
	case BIN_EQ:
		return disjoint ? 0 : single ? 1 : -1;
	case BIN_NE:
		return disjoint ? 1 : single ? 0 : -1;
	case BIN_LT:
		return a.high < b.low ? 1 : a.low >= b.high ? 0 : -1;
	case BIN_LE:
		return a.high <= b.low ? 1 : a.low > b.high ? 0 : -1;
	case BIN_GT:
		return a.low > b.high ? 1 : a.high <= b.low ? 0 : -1;
	case BIN_GE:
		return a.low >= b.high ? 1 : a.high < b.low ? 0 : -1;
	default:
		return -1;
	}
}

static struct range shifted(struct range r, struct range by, bool minus)
{
	struct range out = RANGE_ALL;
	int64_t d;

	if (by.low != by.high)
		return out;
	d = by.low;
	if (minus) {
		if (d == INT64_MIN)
			return out;
		d = -d;
	}
	if (r.low != INT64_MIN && __builtin_add_overflow(r.low, d, &out.low))
		return RANGE_ALL;
	if (r.high != INT64_MAX && __builtin_add_overflow(r.high, d, &out.high))
		return RANGE_ALL;
	return out;
}

/* "x == 4" where "x != 4" is known: a range has no hole to say so. */
static int by_opposite(const struct work *w, const struct term *t)
{
	unsigned op = t->op == BIN_EQ ? BIN_NE : BIN_EQ, i;

	for (i = 0; i < w->knowns.n; i++) {
		const struct term *known = w->knowns.at[i].term;

		if (known->a == t->a && known->b == t->b && known->op == op &&
		    known->kind == TERM_BINARY)
			return is_true(w->knowns.at[i].range) ? 0
			     : is_false(w->knowns.at[i].range) ? 1 : -1;
	}
	return -1;
}

static struct range measure_binary(const struct work *w, const struct term *t,
				   unsigned steps)
{
	struct range a = measure(w, t->a, steps), b;
	struct range out = RANGE_ALL;
	int truth;

	if (t->op == BIN_LAND && is_false(a))
		return exactly(0);
	if (t->op == BIN_LOR && is_true(a))
		return exactly(1);
	b = measure(w, t->b, steps);
	switch (t->op) {
	case BIN_LAND:
		return of_truth(is_false(b) ? 0 : is_true(a) && is_true(b) ? 1 : -1);
	case BIN_LOR:
		return of_truth(is_true(b) ? 1 : is_false(a) && is_false(b) ? 0 : -1);
	case BIN_OR:
		if (a.low >= 0 && b.low >= 0)
			out.low = a.low > b.low ? a.low : b.low;
		out.nonzero = is_true(a) || is_true(b);
		return out;
	case BIN_AND:
		if (is_false(a) || is_false(b))
			return exactly(0);
		if (b.low == b.high && b.low >= 0)
			return (struct range){ 0, b.low, false };
		if (a.low >= 0 || b.low >= 0)
			out.low = 0;
		return out;
	case BIN_ADD:
		if (a.low == a.high)
			return shifted(b, a, false);
		return shifted(a, b, false);
	case BIN_SUB:
		return shifted(a, b, true);
	case BIN_EQ: case BIN_NE:
		truth = compare(t->op, a, b);
		return of_truth(truth < 0 ? by_opposite(w, t) : truth);
	case BIN_LT: case BIN_LE: case BIN_GT: case BIN_GE:
		return of_truth(compare(t->op, a, b));
	default:
		return out;
	}
}

static struct range measure(const struct work *w, const struct term *t,
			    unsigned steps)
{
	const struct known *known;
	struct range r = RANGE_ALL;

	switch (t->kind) {
	case TERM_INT:
		return exactly(t->value);
	case TERM_STRING: case TERM_FUNCTION: case TERM_GLOBAL:
	case TERM_LOCAL: case TERM_RETURN: case TERM_FIELD:
	case TERM_ELEMENT: case TERM_CONTAINER:
		return (struct range){ 1, INT64_MAX, true };
	case TERM_UNARY:
		if (steps && t->op == UN_NOT) {
			struct range a = measure(w, t->a, steps - 1);

			r = of_truth(is_true(a) ? 0 : is_false(a) ? 1 : -1);
		}
		break;
	case TERM_BINARY:
		if (steps)
			r = measure_binary(w, t, steps - 1);
		break;
	case TERM_CAST:
		if (steps) {
			r = measure(w, t->a, steps - 1);
			if (t->type->bits == 1)
				r = of_truth(is_true(r) ? 1 : is_false(r) ? 0 : -1);
			else if (r.low != r.high)
				r = RANGE_ALL;
		}
		break;
	}
	known = known_of(w, t);
	return known ? intersect(r, known->range) : r;
}

struct range range_of(const struct work *w, const struct term *t)
{
	return measure(w, t, MAX_STEPS);
}

int truth_of(const struct work *w, const struct term *t)
{
	struct range r = range_of(w, t);

	return is_true(r) ? 1 : is_false(r) ? 0 : -1;
}

const struct term *settled(const struct work *w, const struct term *t,
			   const struct type *type)
{
	struct range r = range_of(w, t);

	if (r.low == r.high)
		return term_int(r.low);
	if (type && type->kind == TYPE_SCALAR && type->bits == 1 && is_true(r))
		return term_int(1);
	return t;
}

/* Narrows what is known of @t to @r; false if nothing is left. */
bool work_assume_range(struct work *w, const struct term *t, struct range r)
{
	struct range now = range_of(w, t), then = intersect(now, r);
	struct known *known;

	if (range_is_empty(then))
		return false;
	if (t->kind == TERM_INT ||
	    (then.low == now.low && then.high == now.high &&
	     then.nonzero == now.nonzero))
		return true;
	known = (struct known *)known_of(w, t);
	if (known)
		known->range = then;
	else
		VEC_PUSH(&w->knowns, ((struct known){ t, then }));
	return true;
}

static bool assume_truth(struct work *w, const struct term *t, bool truth)
{
	if (truth)
		return work_assume_range(w, t, (struct range){
			INT64_MIN, INT64_MAX, true });
	return work_assume_range(w, t, (struct range){ 0, 0, false });
}

static bool assume_equal(struct work *w, const struct term *a,
			 const struct term *b, bool equal)
{
	struct range ra, rb;
	int64_t v;

	if (b->kind != TERM_INT) {
		const struct term *swap = a;

		a = b;
		b = swap;
	}
	if (equal) {
		ra = range_of(w, a);
		rb = range_of(w, b);
		return work_assume_range(w, a, rb) && work_assume_range(w, b, ra);
	}
	if (b->kind != TERM_INT)
		return true;
	v = b->value;
	if (v == 0)
		return work_assume(w, a, true);
	ra = range_of(w, a);
	if (ra.low == v && v < INT64_MAX)
		ra.low = v + 1;
	if (ra.high == v && v > INT64_MIN)
		ra.high = v - 1;
	return work_assume_range(w, a, ra);
}

static bool assume_order(struct work *w, unsigned op, const struct term *a,
			 const struct term *b)
{
	struct range ra = range_of(w, a), rb = range_of(w, b);

	switch (op) {
	case BIN_LT:
		if (rb.high != INT64_MIN)
			ra.high = rb.high - 1 < ra.high ? rb.high - 1 : ra.high;
		if (ra.low != INT64_MAX)
			rb.low = ra.low + 1 > rb.low ? ra.low + 1 : rb.low;
		break;
	case BIN_LE:
		ra.high = rb.high < ra.high ? rb.high : ra.high;
		rb.low = ra.low > rb.low ? ra.low : rb.low;
		break;
	}
	return work_assume_range(w, a, ra) && work_assume_range(w, b, rb);
}

static bool assume_binary(struct work *w, const struct term *t, bool truth)
{
	switch (t->op) {
	case BIN_EQ:
	case BIN_NE:
		/* "x == 0" says of x what "!x" does. */
		if (term_is_int(t->b, 0) && t->a->kind != TERM_INT)
			return work_assume(w, t->a, (t->op == BIN_NE) == truth);
		return assume_equal(w, t->a, t->b, (t->op == BIN_EQ) == truth);
	case BIN_LT:
		return truth ? assume_order(w, BIN_LT, t->a, t->b)
			     : assume_order(w, BIN_LE, t->b, t->a);
	case BIN_LE:
		return truth ? assume_order(w, BIN_LE, t->a, t->b)
			     : assume_order(w, BIN_LT, t->b, t->a);
	case BIN_GT:
		return truth ? assume_order(w, BIN_LT, t->b, t->a)
			     : assume_order(w, BIN_LE, t->a, t->b);
	case BIN_GE:
		return truth ? assume_order(w, BIN_LE, t->b, t->a)
			     : assume_order(w, BIN_LT, t->a, t->b);
	case BIN_LAND:
		if (truth)
			return work_assume(w, t->a, true) &&
			       work_assume(w, t->b, true);
		if (truth_of(w, t->a) == 1)
			return work_assume(w, t->b, false);
		if (truth_of(w, t->b) == 1)
			return work_assume(w, t->a, false);
		return true;
	case BIN_LOR:
		if (!truth)
			return work_assume(w, t->a, false) &&
			       work_assume(w, t->b, false);
		if (truth_of(w, t->a) == 0)
			return work_assume(w, t->b, true);
		if (truth_of(w, t->b) == 0)
			return work_assume(w, t->a, true);
		return true;
	case BIN_OR:
		if (!truth)
			return work_assume(w, t->a, false) &&
			       work_assume(w, t->b, false);
		return true;
	case BIN_AND:
		if (truth)
			return work_assume(w, t->a, true) &&
			       work_assume(w, t->b, true);
		return true;
	default:
		return true;
	}
}

bool work_assume(struct work *w, const struct term *t, bool truth)
{
	int now = truth_of(w, t);

	if (now >= 0)
		return now == truth;
	if (t->kind == TERM_UNARY && t->op == UN_NOT)
		return work_assume(w, t->a, !truth);
	if (t->kind == TERM_BINARY && !assume_binary(w, t, truth))
		return false;
	return assume_truth(w, t, truth);
}

/* Expressions */

/*
 * A value that nobody knows. Each instruction numbers those that it makes, so
 * that the next round of a loop finds the same names.
 */
const struct term *work_fresh(struct work *w)
{
	return term_site(w->site, 1000 + w->fresh++);
}

/* The same parts make the same term, and mostly they are the same. */
static const struct term *made_again(const struct expr *e,
				     const struct term *a, const struct term *b)
{
	return e->made && e->met[0] == a && e->met[1] == b ? e->made : NULL;
}

static const struct term *remember(const struct expr *e, const struct term *a,
				   const struct term *b, const struct term *made)
{
	struct expr *kept = (struct expr *)e;

	kept->met[0] = a;
	kept->met[1] = b;
	kept->made = made;
	return made;
}

static const struct term *field_address(const struct term *a,
					const struct expr *e)
{
	const struct term *made = made_again(e, a, NULL);

	return made ? made : remember(e, a, NULL, term_field(a, e->field));
}

const struct term *eval_address(struct work *w, const struct expr *e)
{
	switch (e->op) {
	case EXPR_VAR:
		return term_local(e->var);
	case EXPR_GLOBAL:
		return term_global(e->global);
	case EXPR_FIELD:
		return field_address(eval_address(w, e->a), e);
	case EXPR_DEREF:
		return eval(w, e->a);
	case EXPR_INDEX:
		return term_element(eval_address(w, e->a), eval(w, e->b));
	case EXPR_CAST:
		return eval_address(w, e->a);
	case EXPR_CONDITIONAL: {
		int truth = truth_of(w, eval(w, e->a));

		if (truth >= 0)
			return eval_address(w, truth ? e->b : e->c);
		return work_fresh(w);
	}
	default:
		return work_fresh(w);
	}
}

static const struct term *eval_choice(struct work *w, const struct expr *e)
{
	const struct term *yes, *no, *cond = eval(w, e->a);
	int truth = truth_of(w, cond);
	struct range hull;

	if (truth >= 0)
		return eval(w, truth ? e->b : e->c);
	yes = eval(w, e->b);
	no = eval(w, e->c);
	if (yes == no)
		return yes;
	/* "c ? 1 : 0" and "c ? 0 : 1" are still about c. */
	if (term_is_int(yes, 1) && term_is_int(no, 0))
		return term_unary(UN_NOT, term_unary(UN_NOT, cond));
	if (term_is_int(yes, 0) && term_is_int(no, 1))
		return term_unary(UN_NOT, cond);
	hull = range_hull(range_of(w, yes), range_of(w, no));
	cond = work_fresh(w);
	work_assume_range(w, cond, hull);
	return cond;
}

static const struct term *eval_binary(struct work *w, const struct expr *e)
{
	const struct term *a = eval(w, e->a), *b, *made;
	int truth;

	if (e->sub == BIN_LAND || e->sub == BIN_LOR) {
		/* The second operand has a value only if the first let it. */
		truth = truth_of(w, a);
		if (truth == (e->sub == BIN_LOR))
			return term_int(truth);
		if (truth >= 0)
			return term_unary(UN_NOT,
					  term_unary(UN_NOT, eval(w, e->b)));
	}
	b = eval(w, e->b);
	made = made_again(e, a, b);
	return made ? made : remember(e, a, b, term_binary(e->sub, a, b));
}

const struct term *eval(struct work *w, const struct expr *e)
{
	const struct term *t;

	switch (e->op) {
	case EXPR_INT:
		return term_int(e->value);
	case EXPR_STRING:
		return term_string();
	case EXPR_FUNCTION:
		return term_function(e->symbol);
	case EXPR_ADDRESS:
		return eval_address(w, e->a);
	case EXPR_VAR:
	case EXPR_GLOBAL:
	case EXPR_FIELD:
	case EXPR_DEREF:
	case EXPR_INDEX:
		t = eval_address(w, e);
		/* An array is where it begins. */
		if (e->type && e->type->kind == TYPE_ARRAY)
			return t;
		return work_load(w, t);
	case EXPR_UNARY:
		t = eval(w, e->a);
		/* "!!!x" is "!x" */
		if (e->sub == UN_NOT && t->kind == TERM_UNARY &&
		    t->op == UN_NOT && t->a->kind == TERM_UNARY &&
		    t->a->op == UN_NOT)
			return t->a;
		return term_unary(e->sub, t);
	case EXPR_BINARY:
		return eval_binary(w, e);
	case EXPR_CONDITIONAL:
		return eval_choice(w, e);
	case EXPR_CAST:
		t = eval(w, e->a);
		return e->type->kind == TYPE_SCALAR ? term_cast(t, e->type) : t;
	default:
		return work_fresh(w);
	}
}
