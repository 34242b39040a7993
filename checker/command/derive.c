// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmucheck derive: which functions of the rest of the kernel sleep, as their own
 * source says it, in contract rows.
 *
 * A function sleeps if a call that does is met on some path that its caller cannot
 * rule out by what it passes: where a branch hangs on an argument, both sides have
 * to get there.
 */

#include "command.h"
#include "input.h"
#include "output.h"
#include "path.h"

#include <string.h>

static error_t parse(int key, char *arg, struct argp_state *state)
{
	(void)arg;
	if (key != ARGP_KEY_INIT)
		return ARGP_ERR_UNKNOWN;
	state->child_inputs[0] = state->input;
	return 0;
}

static const struct argp_child children[] = {
	{ &facts_argp, 0, NULL, 0 }, { 0 }
};

static const struct argp argp = {
	.parser = parse, .children = children, .args_doc = INPUT_ARGS,
	.doc = "Say which functions outside of the checked folders sleep, as contract rows.  The facts are those of the checked folders and of as much of the rest of the kernel as is to be read; a row is printed for what the first call of the second.",
};

/* What is known of one function. */
struct sleeper {
	const struct insn *insn;	/* the call that sleeps, NULL: none seen */
	const char *callee;
	struct bits chosen;		/* variables that arguments decide */
	bool *wins;			/* by block: every choice leads to sleep */
	bool called;			/* from a checked folder */
};

struct derivation {
	struct link *link;
	struct sleeper *at;		/* by function id */
	bool more;
};

static bool in_scope(const struct contracts *contracts, const char *file)
{
	unsigned i;

	for (i = 0; i < contracts->scopes.n; i++)
		if (path_matches(contracts->scopes.at[i], file))
			return true;
	return false;
}

/* Branches that hang on an argument */

static bool is_chosen(const struct bits *chosen, const struct expr *e)
{
	for (; e; e = e->a) {
		if (e->op == EXPR_VAR && bit_get(chosen, e->var))
			return true;
		if ((e->b && is_chosen(chosen, e->b)) ||
		    (e->c && is_chosen(chosen, e->c)))
			return true;
	}
	return false;
}

static bool has_chosen_argument(const struct bits *chosen,
				const struct insn *insn)
{
	unsigned i;

	for (i = 0; i < insn->nargs; i++)
		if (is_chosen(chosen, insn->args[i]))
			return true;
	return false;
}

static void find_chosen(const struct function *fn, struct bits *chosen)
{
	unsigned b, i;
	bool more;

	*chosen = bits_new(fn->nvars + 1);
	for (i = 0; i < fn->nparams; i++)
		if (fn->vars[i].type && fn->vars[i].type->kind == TYPE_SCALAR)
			bit_set(chosen, i);
	do {
		more = false;
		for (b = 0; b < fn->nblocks; b++)
			for (i = 0; i < fn->blocks[b].ninsns; i++) {
				const struct insn *insn = &fn->blocks[b].insns[i];

				if (!insn->to || insn->to->op != EXPR_VAR)
					continue;
				if (is_chosen(chosen, insn->value) ||
				    has_chosen_argument(chosen, insn))
					more |= bit_set(chosen, insn->to->var);
			}
	} while (more);
}

/* Calls that sleep */

static bool row_sleeps(const struct contract *contract)
{
	unsigned i;

	for (i = 0; contract && i < contract->effects.n; i++)
		if (contract->effects.at[i].verb == VERB_SLEEP &&
		    contract->effects.at[i].cond == COND_ALWAYS)
			return true;
	return false;
}

static bool call_sleeps(const struct derivation *d, const struct insn *insn)
{
	const struct symbol *symbol;

	if (insn->kind != INSN_CALL || insn->value->op != EXPR_FUNCTION)
		return false;
	symbol = insn->value->symbol;
	if (symbol->contract)
		return row_sleeps(symbol->contract);
	return symbol->def && d->at[symbol->def->id].insn;
}

static const struct insn *sleeping_call(const struct derivation *d,
					const struct block *block)
{
	unsigned i;

	for (i = 0; i < block->ninsns; i++)
		if (call_sleeps(d, &block->insns[i]))
			return &block->insns[i];
	return NULL;
}

/* True if from @block on the caller has no say in it. */
static bool block_wins(const struct sleeper *s, const struct block *block)
{
	bool chosen = is_chosen(&s->chosen, block->cond);
	unsigned i, wins = 0;

	for (i = 0; i < block->ntargets; i++)
		wins += s->wins[block->targets[i].block];
	return chosen ? block->ntargets && wins == block->ntargets : wins > 0;
}

static bool returns(const struct function *fn)
{
	unsigned b;

	for (b = 0; b < fn->nblocks; b++)
		if (fn->blocks[b].exit == EXIT_RETURN)
			return true;
	return false;
}

/* The first call, in the order of the text, that a winning path comes by. */
static const struct insn *find_call(const struct derivation *d,
				    const struct function *fn)
{
	const struct sleeper *s = &d->at[fn->id];
	const struct insn *found = NULL, *insn;
	unsigned b;

	for (b = 0; b < fn->nblocks; b++) {
		insn = s->wins[b] ? sleeping_call(d, &fn->blocks[b]) : NULL;
		if (insn && (!found || insn->line < found->line))
			found = insn;
	}
	return found;
}

static void derive(struct derivation *d, const struct function *fn)
{
	struct sleeper *s = &d->at[fn->id];
	unsigned b;
	bool more;

	if (s->insn || !returns(fn))
		return;
	do {
		more = false;
		for (b = fn->nblocks; b--;) {
			const struct block *block = &fn->blocks[b];

			if (s->wins[b] || (!sleeping_call(d, block) &&
					   !block_wins(s, block)))
				continue;
			s->wins[b] = more = true;
		}
	} while (more);
	if (!fn->nblocks || !s->wins[0])
		return;
	s->insn = find_call(d, fn);
	s->callee = s->insn->value->symbol->name;
	d->more = true;
}

static void note_calls(struct derivation *d, const struct function *fn)
{
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];

			if (insn->kind == INSN_CALL &&
			    insn->value->op == EXPR_FUNCTION &&
			    insn->value->symbol->def)
				d->at[insn->value->symbol->def->id].called = true;
		}
}

static void derive_all(struct derivation *d)
{
	const struct contracts *contracts = d->link->contracts;
	unsigned i;

	d->at = arena_array(&run_arena, struct sleeper, d->link->n);
	for (i = 0; i < d->link->n; i++) {
		const struct function *fn = d->link->functions[i];

		find_chosen(fn, &d->at[i].chosen);
		d->at[i].wins = arena_array(&run_arena, bool, fn->nblocks + 1);
		if (in_scope(contracts, fn->file))
			note_calls(d, fn);
	}
	do {
		d->more = false;
		for (i = 0; i < d->link->n; i++)
			derive(d, d->link->functions[i]);
	} while (d->more);
}

/* Saying it */

static void print_row(const struct function *fn, const struct sleeper *s)
{
	unsigned i;

	printf("fn %s(", fn->name);
	for (i = 0; i < fn->nparams; i++)
		printf("%s%s", i ? ", " : "",
		       fn->vars[i].name ? fn->vars[i].name : "unnamed");
	printf(")\tsleep -- derived: %s:%u calls %s()\n", fn->file,
	       s->insn->line, s->callee);
}

/* A row that is there already, against the source. */
static void compare(const struct function *fn, const struct sleeper *s)
{
	const struct contract *contract = fn->symbol->contract;
	const struct row *row = contract->row;

	if (row_sleeps(contract) == !!s->insn)
		return;
	if (s->insn)
		printf("# %s:%u: %s() sleeps, %s:%u calls %s(); the row does not say so\n",
		       row->file, row->line, fn->name, fn->file, s->insn->line,
		       s->callee);
	else
		printf("# %s:%u: %s() sleeps, says the row; %s:%u does not show it\n",
		       row->file, row->line, fn->name, fn->file, fn->line);
}

static int run(int argc, char **argv)
{
	struct analysis *analysis = analysis_new();
	struct derivation d = { 0 };
	struct input input = { 0 };
	struct error err;
	unsigned i;

	argp_parse(&argp, argc, argv, 0, NULL, &input);
	if (!input_read(&input, analysis, &err))
		return output_error(&err);
	d.link = link_program(analysis->program, analysis->contracts, &err);
	if (!d.link)
		return output_error(&err);
	derive_all(&d);
	for (i = 0; i < d.link->n; i++) {
		const struct function *fn = d.link->functions[i];

		if (in_scope(analysis->contracts, fn->file) ||
		    !d.at[i].called || fn->linkage != LINK_GLOBAL)
			continue;
		if (fn->symbol && fn->symbol->contract)
			compare(fn, &d.at[i]);
		else if (d.at[i].insn)
			print_row(fn, &d.at[i]);
	}
	return output_flush() ? NOTHING_FOUND : FAILED;
}

COMMAND(derive, .name = "derive", .run = run,
	.title = "say which functions of the rest of the kernel sleep");
