// SPDX-License-Identifier: GPL-2.0-only
/*
 * A walk over the blocks of one function until no bound grows any more.  Only
 * functions in which something may be lost are walked, so it may be slow.
 */

#include "bound.h"

#include <string.h>

/* A bound that still grows after so many rounds of a loop is given up. */
#define MAX_VISITS	4

struct bounds {
	struct kinds *kinds;
	const struct function *fn;
	unsigned nvars;
	uint64_t **entry;		/* by block, then variable */
	unsigned *visits;		/* by block; 0: nothing leads there */
	uint64_t *now;			/* where the walk is */
};

/* A negative number is a large one. */
static uint64_t bound_of_type(const struct type *type)
{
	while (type && type->kind == TYPE_ARRAY)
		type = type->to;
	return type && type->kind == TYPE_SCALAR && type->bits &&
	       !type->is_signed ? ones(type->bits) : UNBOUNDED;
}

static uint64_t bound(const struct bounds *b, const struct expr *e);

static uint64_t of_place(const struct bounds *b, const struct expr *e)
{
	unsigned bits = kind_fits(b->kinds, b->fn, e);

	if (bits)
		return ones(bits);
	if (e->op == EXPR_FIELD && e->field->bits)
		return ones(e->field->bits);
	return bound_of_type(e->type);
}

static uint64_t of_cast(const struct bounds *b, const struct expr *e)
{
	uint64_t of = bound(b, e->a);
	unsigned bits = e->type->bits;

	if (e->type->kind != TYPE_SCALAR || !bits)
		return of;
	if (e->type->is_signed)
		return of <= ones(bits - 1) ? of : UNBOUNDED;
	return of < ones(bits) ? of : ones(bits);
}

static uint64_t of_shift(uint64_t a, const struct expr *by, bool left)
{
	if (by->op != EXPR_INT || by->value < 0 || by->value > 63)
		return left ? UNBOUNDED : a;
	if (!left)
		return a >> by->value;
	return a > UINT64_MAX >> by->value ? UNBOUNDED : a << by->value;
}

static uint64_t of_binary(const struct bounds *b, const struct expr *e)
{
	uint64_t x, y, result;

	if (e->sub >= BIN_EQ)
		return 1;
	x = bound(b, e->a);
	y = bound(b, e->b);
	switch (e->sub) {
	case BIN_AND:
		return x < y ? x : y;
	case BIN_OR:
	case BIN_XOR:
		result = x | y;
		return result ? ones(64 - __builtin_clzll(result)) : 0;
	case BIN_SHR:
	case BIN_SHL:
		return of_shift(x, e->b, e->sub == BIN_SHL);
	case BIN_ADD:
		return __builtin_add_overflow(x, y, &result) ? UNBOUNDED : result;
	case BIN_MUL:
		return __builtin_mul_overflow(x, y, &result) ? UNBOUNDED : result;
	case BIN_DIV:
		return e->b->op == EXPR_INT && y ? x / y : x;
	case BIN_REM:
		return y && y - 1 < x ? y - 1 : x;
	default:
		return UNBOUNDED;
	}
}

static uint64_t bound(const struct bounds *b, const struct expr *e)
{
	uint64_t x, y;

	switch (e->op) {
	case EXPR_INT:
		return e->value;
	case EXPR_VAR:
		return b->now[e->var];
	case EXPR_FIELD:
	case EXPR_GLOBAL:
	case EXPR_INDEX:
	case EXPR_DEREF:
		return of_place(b, e);
	case EXPR_UNARY:
		return e->sub == UN_NOT ? 1 : UNBOUNDED;
	case EXPR_BINARY:
		return of_binary(b, e);
	case EXPR_CONDITIONAL:
		x = bound(b, e->b);
		y = bound(b, e->c);
		return x > y ? x : y;
	case EXPR_CAST:
		return of_cast(b, e);
	default:
		return UNBOUNDED;
	}
}

/* What nothing is known of but how it was declared */
static uint64_t declared(const struct bounds *b, unsigned var)
{
	struct expr e = {
		.op = EXPR_VAR, .var = var, .type = b->fn->vars[var].type,
	};

	return of_place(b, &e);
}

/* "return (gpa >> 12)" and nothing else */
static const struct expr *only_result(const struct function *fn)
{
	const struct block *block = fn->blocks;

	if (fn->nblocks == 2 && !block->ninsns && block->exit == EXIT_GOTO)
		block++;
	else if (fn->nblocks != 1)
		return NULL;
	return block->ninsns == 1 && block->insns->kind == INSN_RETURN
		? block->insns->value : NULL;
}

/* What a function that is one expression makes of these arguments */
static uint64_t of_call(const struct bounds *b, const struct insn *insn)
{
	const struct function *fn = insn->value->op == EXPR_FUNCTION
		? insn->value->symbol->def : NULL;
	const struct expr *result = fn ? only_result(fn) : NULL;
	struct bounds callee = { .kinds = b->kinds, .fn = fn };
	unsigned i;

	if (!result || insn->nargs != fn->nvars)
		return UNBOUNDED;
	callee.now = arena_array(&run_arena, uint64_t, fn->nvars);
	for (i = 0; i < insn->nargs; i++)
		callee.now[i] = bound(b, insn->args[i]);
	return bound(&callee, result);
}

static uint64_t of_result(const struct bounds *b, const struct insn *insn)
{
	switch (insn->kind) {
	case INSN_ASSIGN:
		return bound(b, insn->value);
	case INSN_CALL:
		return of_call(b, insn);
	default:
		return UNBOUNDED;
	}
}

static void step(struct bounds *b, const struct insn *insn)
{
	uint64_t value, most;
	unsigned var;

	if (!insn->to || insn->to->op != EXPR_VAR)
		return;
	var = insn->to->var;
	most = declared(b, var);
	value = of_result(b, insn);
	b->now[var] = value < most &&
		!bit_get(&info_of(b->fn)->address_taken, var) ? value : most;
}

/* What may be kept of a variable that is known to be @most at most */
static void narrow(struct bounds *b, const struct expr *e, uint64_t most)
{
	/* A negative number is below every other. */
	if (e->op == EXPR_VAR && most < b->now[e->var] && e->type &&
	    !e->type->is_signed)
		b->now[e->var] = most;
	else if (e->op == EXPR_BINARY && e->sub == BIN_SHR &&
		 e->b->op == EXPR_INT && e->b->value > 0 && e->b->value < 64 &&
		 most < ones(64 - e->b->value))
		narrow(b, e->a, (most << e->b->value) | ones(e->b->value));
}

/* "x == <u32>x": nothing is lost */
static bool is_same_narrowed(const struct expr *a, const struct expr *b)
{
	return a->op == EXPR_VAR && b->op == EXPR_CAST &&
	       b->type->kind == TYPE_SCALAR && b->a->op == EXPR_VAR &&
	       b->a->var == a->var;
}

static void believe_equal(struct bounds *b, const struct expr *x,
			  const struct expr *y)
{
	if (is_same_narrowed(x, y))
		narrow(b, x, bound(b, y));
	else if (is_same_narrowed(y, x))
		narrow(b, y, bound(b, x));
	else {
		narrow(b, x, bound(b, y));
		narrow(b, y, bound(b, x));
	}
}

static void believe(struct bounds *b, const struct expr *cond, bool truth);

static void believe_compared(struct bounds *b, const struct expr *e, bool truth)
{
	static const unsigned char opposite[] = {
		[BIN_EQ] = BIN_NE, [BIN_NE] = BIN_EQ, [BIN_LT] = BIN_GE,
		[BIN_GE] = BIN_LT, [BIN_GT] = BIN_LE, [BIN_LE] = BIN_GT,
	};
	unsigned op = truth ? e->sub : opposite[e->sub];
	uint64_t x = bound(b, e->a), y = bound(b, e->b);

	switch (op) {
	case BIN_EQ:
		believe_equal(b, e->a, e->b);
		break;
	case BIN_LT:
		narrow(b, e->a, y ? y - 1 : 0);
		break;
	case BIN_LE:
		narrow(b, e->a, y);
		break;
	case BIN_GT:
		narrow(b, e->b, x ? x - 1 : 0);
		break;
	case BIN_GE:
		narrow(b, e->b, x);
		break;
	}
}

static void believe(struct bounds *b, const struct expr *cond, bool truth)
{
	while (cond->op == EXPR_UNARY && cond->sub == UN_NOT) {
		cond = cond->a;
		truth = !truth;
	}
	if (cond->op == EXPR_BINARY && cond->sub >= BIN_EQ &&
	    cond->sub <= BIN_GE)
		believe_compared(b, cond, truth);
	else if (!truth)
		narrow(b, cond, 0);
}

static void believe_case(struct bounds *b, const struct expr *cond,
			 const struct range_target *target)
{
	if (!target->is_else && target->low >= 0)
		narrow(b, cond, target->high);
}

/* True if the block that @b comes to may now find larger numbers. */
static bool arrive(struct bounds *b, unsigned block)
{
	bool more = !b->visits[block], give_up = b->visits[block] > MAX_VISITS;
	unsigned i;

	for (i = 0; i < b->nvars; i++) {
		if (b->visits[block] && b->now[i] <= b->entry[block][i])
			continue;
		b->entry[block][i] = give_up ? declared(b, i) : b->now[i];
		more = true;
	}
	b->visits[block] += more;
	return more;
}

static bool leave_block(struct bounds *b, const struct block *block)
{
	uint64_t *here = arena_copy(&run_arena, b->now,
				    b->nvars * sizeof(*here));
	bool more = false;
	unsigned i;

	for (i = 0; i < block->ntargets; i++) {
		memcpy(b->now, here, b->nvars * sizeof(*here));
		if (block->exit == EXIT_IF)
			believe(b, block->cond, !i);
		else if (block->exit == EXIT_SWITCH)
			believe_case(b, block->cond, &block->targets[i]);
		more |= arrive(b, block->targets[i].block);
	}
	return more;
}

static void walk_to(struct bounds *b, unsigned block, unsigned insn)
{
	unsigned i;

	memcpy(b->now, b->entry[block], b->nvars * sizeof(*b->now));
	for (i = 0; i < insn && i < b->fn->blocks[block].ninsns; i++)
		step(b, &b->fn->blocks[block].insns[i]);
}

struct bounds *bounds_new(struct kinds *kinds, const struct function *fn)
{
	struct bounds *b = arena_new(&run_arena, struct bounds);
	unsigned i;
	bool more;

	b->kinds = kinds;
	b->fn = fn;
	b->nvars = fn->nvars + fn->ntemps;
	b->entry = arena_array(&run_arena, uint64_t *, fn->nblocks);
	b->visits = arena_array(&run_arena, unsigned, fn->nblocks);
	b->now = arena_array(&run_arena, uint64_t, b->nvars);
	for (i = 0; i < fn->nblocks; i++)
		b->entry[i] = arena_array(&run_arena, uint64_t, b->nvars);
	for (i = 0; i < b->nvars; i++)
		b->now[i] = declared(b, i);
	arrive(b, 0);
	do {
		more = false;
		for (i = 0; i < fn->nblocks; i++) {
			if (!b->visits[i])
				continue;
			walk_to(b, i, fn->blocks[i].ninsns);
			more |= leave_block(b, &fn->blocks[i]);
		}
	} while (more);
	return b;
}

uint64_t bound_at(struct bounds *bounds, unsigned block, unsigned insn,
		  const struct expr *e)
{
	if (!bounds->visits[block])
		return 0;
	walk_to(bounds, block, insn);
	return bound(bounds, e);
}
