// SPDX-License-Identifier: GPL-2.0-only

#include "source.h"
#include "reach.h"

#include <string.h>

/* What a word says, as an effect. */
static const struct word {
	const char *name;
	enum verb verb;
	enum mode mode;
	bool conditional;	/* its first argument is a condition */
	bool out_of_sight;	/* where the body is seen, the body says it */
} words[] = {
	{ "requires_capability", VERB_NEED, MODE_WRITE, false, false },
	{ "requires_shared_capability", VERB_NEED, MODE_ANY, false, false },
	{ "must_hold_only_shared", VERB_NEED, MODE_READ, false, false },
	{ "locks_excluded", VERB_FORBID, MODE_ANY, false, false },
	{ "assert_capability", VERB_NEED, MODE_WRITE, false, false },
	{ "assert_shared_capability", VERB_NEED, MODE_ANY, false, false },
	{ "acquire_capability", VERB_TAKE, MODE_WRITE, false, true },
	{ "acquire_shared_capability", VERB_TAKE, MODE_READ, false, true },
	{ "release_capability", VERB_DROP, MODE_WRITE, false, true },
	{ "release_shared_capability", VERB_DROP, MODE_READ, false, true },
	{ "release_generic_capability", VERB_DROP, MODE_ANY, false, true },
	{ "yields", VERB_YIELD, MODE_ANY, false, true },
	{ "yields_if", VERB_YIELD, MODE_ANY, true, true },
	{ "may_sleep", VERB_SLEEP, MODE_NONE, false, false },
	{ "may_sleep_if", VERB_SLEEP, MODE_NONE, true, false },
	{ "must_hold_if", VERB_NEED, MODE_WRITE, true, false },
};

static const struct word *word_of(const char *name)
{
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(words[i].name, name))
			return &words[i];
	return NULL;
}

static struct row *stated_row(const struct function *fn)
{
	struct row *row = arena_new(&run_arena, struct row);

	row->file = fn->file;
	row->line = fn->line;
	row->subject = fn->name;
	row->matched = true;
	return row;
}

/* A contract of this symbol alone: a row's is that of its name. */
static struct contract *own_contract(struct symbol *symbol,
				     const struct row *row)
{
	struct contract *contract = symbol->contract;

	if (contract && contract->stated)
		return contract;
	contract = arena_new(&run_arena, struct contract);
	if (symbol->contract)
		*contract = *(struct contract *)symbol->contract;
	else
		contract->row = row;
	contract->name = symbol->name;
	contract->stated = true;
	/* The effects so far are shared with the row: begin a list anew. */
	if (contract->effects.n)
		contract->effects.at = memcpy(
			arena_alloc(&run_arena, contract->effects.n *
				    sizeof(*contract->effects.at)),
			contract->effects.at, contract->effects.n *
			sizeof(*contract->effects.at));
	contract->effects.cap = contract->effects.n;
	symbol->contract = contract;
	return contract;
}

static void push_effect(struct contract *contract, struct effect effect)
{
	struct effect *more = arena_array(&run_arena, struct effect,
					  contract->effects.n + 1);

	if (contract->effects.n)
		memcpy(more, contract->effects.at,
		       contract->effects.n * sizeof(*more));
	more[contract->effects.n] = effect;
	contract->effects.at = more;
	contract->effects.cap = ++contract->effects.n;
}

/* Which parameter a condition asks for; ARG_NONE if it is more than that. */
static bool read_stated_condition(const struct function *fn,
				  const struct expr *e, struct effect *effect)
{
	effect->cond = COND_TRUE;
	if (e->op == EXPR_UNARY && e->sub == UN_NOT) {
		effect->cond = COND_FALSE;
		e = e->a;
	}
	while (e->op == EXPR_CAST)
		e = e->a;
	if (e->op != EXPR_VAR || e->var >= fn->nparams)
		return false;
	effect->cond_arg = e->var;
	return true;
}

/* @effect of @fn, as @said there, on @lock. */
static struct effect effect_on(struct link *link, struct function *fn,
			       struct effect effect,
			       const struct contract_attr *said,
			       const struct expr *lock)
{
	/* A lock that is passed is named where it is passed. */
	while (lock && lock->op == EXPR_CAST)
		lock = lock->a;
	if (lock && lock->op == EXPR_VAR && lock->var < fn->nparams) {
		effect.arg = lock->var;
		lock = NULL;
	}
	effect.lock = lock;
	effect.stated = true;
	effect.said = said;
	effect.of = fn;
	effect.row = stated_row(fn);
	if (lock)
		effect.cls = static_class(link, lock);
	return effect;
}

static void add_effect(struct link *link, struct function *fn,
		       struct symbol *symbol, struct effect effect,
		       const struct contract_attr *said,
		       const struct expr *lock)
{
	effect = effect_on(link, fn, effect, said, lock);
	push_effect(own_contract(symbol, effect.row), effect);
	link->stated.used++;
}

static bool bind_word(struct link *link, struct function *fn,
		      struct symbol *symbol, const struct contract_attr *attr)
{
	const struct word *word = word_of(attr->word);
	struct effect effect = {
		.arg = ARG_NONE, .mode_arg = ARG_NONE, .cond_arg = ARG_NONE,
		.where_arg = ARG_NONE,
	};
	unsigned i = 0;

	if (!word)
		return false;
	effect.verb = word->verb;
	effect.mode = word->mode;
	if (word->out_of_sight && symbol->def)
		return true;
	if (word->conditional &&
	    (!attr->nargs || !read_stated_condition(fn, attr->args[i++], &effect)))
		return false;
	if (word->verb == VERB_SLEEP)
		add_effect(link, fn, symbol, effect, attr, NULL);
	for (; i < attr->nargs; i++)
		add_effect(link, fn, symbol, effect, attr, attr->args[i]);
	return true;
}

/* try_acquire_capability(RESULT, LOCK...) */
static bool bind_try(struct link *link, struct function *fn,
		     struct symbol *symbol, const struct contract_attr *attr)
{
	bool shared = !strcmp(attr->word, "try_acquire_shared_capability");
	struct effect effect = {
		.verb = VERB_TAKE, .arg = ARG_NONE, .mode_arg = ARG_NONE,
		.where_arg = ARG_NONE,
		.mode = shared ? MODE_READ : MODE_WRITE, .tries = true,
		.cond_arg = ARG_RETURN,
	};
	unsigned i;

	if ((!shared && strcmp(attr->word, "try_acquire_capability")) ||
	    !attr->nargs || attr->args[0]->op != EXPR_INT)
		return false;
	effect.cond = attr->args[0]->value ? COND_TRUE : COND_FALSE;
	for (i = 1; !symbol->def && i < attr->nargs; i++)
		add_effect(link, fn, symbol, effect, attr, attr->args[i]);
	return true;
}

/* must_hold_mode(SHARED, LOCK): read if the parameter is true */
static bool bind_mode(struct link *link, struct function *fn,
		      struct symbol *symbol, const struct contract_attr *attr)
{
	struct effect effect = {
		.verb = VERB_NEED, .arg = ARG_NONE, .mode_arg = ARG_NONE,
		.where_arg = ARG_NONE,
		.cond_arg = ARG_NONE,
	};
	const struct expr *e;

	if (strcmp(attr->word, "must_hold_mode") || attr->nargs != 2)
		return false;
	for (e = attr->args[0]; e->op == EXPR_CAST; e = e->a)
		;
	if (e->op != EXPR_VAR || e->var >= fn->nparams)
		return false;
	effect.mode_arg = e->var;
	add_effect(link, fn, symbol, effect, attr, attr->args[1]);
	return true;
}

/* must_hold_any(LOCK...): one of them, in whatever mode */
static bool bind_any(struct link *link, struct function *fn,
		     struct symbol *symbol, const struct contract_attr *attr)
{
	struct effect effect = {
		.verb = VERB_NEED, .arg = ARG_NONE, .mode_arg = ARG_NONE,
		.where_arg = ARG_NONE,
		.mode = MODE_ANY, .cond_arg = ARG_NONE,
	};
	unsigned i;

	if (strcmp(attr->word, "must_hold_any") || !attr->nargs)
		return false;
	for (i = attr->nargs; --i;) {
		struct effect *other = arena_new(&run_arena, struct effect);

		*other = effect_on(link, fn, effect, attr, attr->args[i]);
		effect.instead = other;
	}
	add_effect(link, fn, symbol, effect, attr, attr->args[0]);
	return true;
}

/* A counter is named itself, not by its address: it is a hold while it is raised. */
static const struct window {
	const char *name;
	enum verb verb;
	bool out_of_sight;
} windows[] = {
	{ "must_be_in_window", VERB_NEED, false },
	{ "opens_window", VERB_TAKE, true },
	{ "closes_window", VERB_DROP, true },
};

static bool bind_window(struct link *link, struct function *fn,
			struct symbol *symbol, const struct contract_attr *attr)
{
	struct effect effect = {
		.arg = ARG_NONE, .mode_arg = ARG_NONE, .cond_arg = ARG_NONE,
		.where_arg = ARG_NONE,
	};
	const struct window *window = windows;
	struct expr *address;

	while (window < windows + ARRAY_SIZE(windows) &&
	       strcmp(window->name, attr->word))
		window++;
	if (window == windows + ARRAY_SIZE(windows) || attr->nargs != 1 ||
	    attr->args[0]->op != EXPR_FIELD ||
	    !bit_get(&link->counter_fields, attr->args[0]->field->id))
		return false;
	if (window->out_of_sight && symbol->def)
		return true;
	address = arena_new(&run_arena, struct expr);
	address->op = EXPR_ADDRESS;
	address->a = attr->args[0];
	effect.verb = window->verb;
	effect.mode = window->verb == VERB_NEED ? MODE_ANY : MODE_WRITE;
	add_effect(link, fn, symbol, effect, attr, address);
	return true;
}

/*
 * A debt is a mark, RECORD.DEBT, of the record that it is owed to. Who makes or
 * settles one is taken at its word, in sight or not: it is the word that says so.
 */
static const struct debt_word {
	const char *name;
	enum verb verb;
	bool if_ret;
	bool after;
} debt_words[] = {
	{ "owes", VERB_TAKE, false, true },
	{ "returns_debt", VERB_TAKE, true, false },
	{ "settles", VERB_DROP, false, true },
	{ "must_not_owe", VERB_FORBID, false, false },
};

/* @creditor: points to the record; NULL: the one record that has such a debt */
static const struct lock_class *debt_class(struct link *link,
					   const struct contract_attr *attr,
					   const struct expr *creditor)
{
	const char *debt = attr->args[0]->text, *dot;
	const struct lock_class *found = NULL;
	const struct type *type = creditor ? creditor->type : NULL;
	unsigned i;

	if (type && type->kind == TYPE_POINTER)
		type = type->to;
	if (creditor && (!type || type->kind != TYPE_RECORD))
		return NULL;
	for (i = 0; debt && i < link->contracts->classes.n; i++) {
		const struct lock_class *cls = link->contracts->classes.at[i];

		if (!cls->is_debt)
			continue;
		dot = strchr(cls->name, '.');
		if (strcmp(dot + 1, debt) ||
		    (type && intern_n(cls->name, dot - cls->name) != type->name))
			continue;
		if (found)
			return NULL;
		found = cls;
	}
	return found;
}

static void add_debt(struct link *link, struct function *fn,
		     struct symbol *symbol, struct effect effect,
		     const struct contract_attr *attr,
		     const struct lock_class *debt)
{
	effect.arg = effect.mode_arg = effect.where_arg = ARG_NONE;
	effect.mode = effect.verb == VERB_FORBID ? MODE_ANY : MODE_WRITE;
	effect = effect_on(link, fn, effect, attr, NULL);
	effect.cls = debt;
	effect.flavour = debt->flavour;
	push_effect(own_contract(symbol, effect.row), effect);
	link->stated.used++;
}

/*
 * takes_debt(DEBT, OWED): the body has to see to what it is handed; one that is out
 * of sight has done so, but for what it returns.
 */
static bool bind_handed(struct link *link, struct function *fn,
			struct symbol *symbol, const struct contract_attr *attr)
{
	const struct lock_class *debt = debt_class(link, attr, NULL);
	struct effect effect = { .verb = symbol->def ? VERB_TAKE : VERB_DROP };

	if (!debt || !read_stated_condition(fn, attr->args[1], &effect))
		return false;
	add_debt(link, fn, symbol, effect, attr, debt);
	return true;
}

static bool bind_debt(struct link *link, struct function *fn,
		      struct symbol *symbol, const struct contract_attr *attr)
{
	const struct debt_word *word = debt_words;
	struct effect effect = { .cond_arg = ARG_NONE };
	const struct lock_class *debt;

	if (attr->nargs != 2 || attr->args[0]->op != EXPR_STRING)
		return false;
	if (!strcmp(attr->word, "takes_debt"))
		return bind_handed(link, fn, symbol, attr);
	while (word < debt_words + ARRAY_SIZE(debt_words) &&
	       strcmp(word->name, attr->word))
		word++;
	if (word == debt_words + ARRAY_SIZE(debt_words))
		return false;
	debt = debt_class(link, attr, attr->args[1]);
	if (!debt)
		return false;
	effect.verb = word->verb;
	effect.after = word->after;
	if (word->if_ret) {
		effect.cond = COND_TRUE;
		effect.cond_arg = ARG_RETURN;
	}
	add_debt(link, fn, symbol, effect, attr, debt);
	return true;
}

/* must_not_sleep: its body is as good as in a section that must not */
static bool bind_quiet(struct link *link, struct symbol *symbol,
		       const struct contract_attr *attr)
{
	static const struct flavour quiet = {
		.name = "must_not_sleep", .atomic = true, .counts = true,
		.reentrant = true,
	};
	struct lock_class *cls;

	if (strcmp(attr->word, "must_not_sleep"))
		return false;
	if (symbol->def) {
		cls = lock_class(link->contracts, quiet.name);
		cls->flavour = &quiet;
		info_of(symbol->def)->quiet = cls;
		link->stated.used++;
	}
	return true;
}

/* The body is not to be judged; allow.c sees to it. */
static bool is_opt_out(const struct contract_attr *attr)
{
	return !strcmp(attr->word, "context_unsafe") ||
	       !strcmp(attr->word, "no_thread_safety_analysis");
}

static void bind_function(struct link *link, struct function *fn)
{
	unsigned i;

	for (i = 0; fn->symbol && i < fn->nattrs; i++) {
		const struct contract_attr *attr = &fn->attrs[i];

		if (!bind_word(link, fn, fn->symbol, attr) &&
		    !bind_try(link, fn, fn->symbol, attr) &&
		    !bind_mode(link, fn, fn->symbol, attr) &&
		    !bind_any(link, fn, fn->symbol, attr) &&
		    !bind_window(link, fn, fn->symbol, attr) &&
		    !bind_debt(link, fn, fn->symbol, attr) &&
		    !bind_quiet(link, fn->symbol, attr) && !is_opt_out(attr))
			link->stated.unused++;
	}
}

/* Members */

static void add_guard(struct link *link, const struct member_guard *stated,
		      const struct lock_class *cls, enum guard_event event,
		      enum mode mode)
{
	struct guard *guard = arena_new(&run_arena, struct guard);
	struct row *row = arena_new(&run_arena, struct row);
	struct guard_way way = { 0 };

	row->file = "the member's own annotation";
	row->subject = stated->field->key;
	row->matched = true;
	guard->key = stated->field->key;
	guard->event = event;
	guard->pointed = !strcmp(stated->attr.word, "pt_guarded_by");
	guard->row = row;
	VEC_PUSH(&way.needs, ((struct guard_need){ cls, mode }));
	VEC_PUSH(&guard->ways, way);
	VEC_PUSH(&link->field_guards[stated->field->id], guard);
	link->reads_guarded |= event == GUARD_READ;
	link->guards_pointed |= guard->pointed;
}

static const struct lock_class *guard_class(struct link *link,
					    const struct contract_attr *attr)
{
	const struct expr *e = attr->nargs ? attr->args[0] : NULL;

	if (e && e->op == EXPR_STRING && e->text &&
	    !strcmp(attr->word, "guarded_by_member"))
		return lock_class(link->contracts, e->text);
	return e && (!strcmp(attr->word, "guarded_by") ||
		     !strcmp(attr->word, "pt_guarded_by"))
	       ? static_class(link, e) : NULL;
}

static void bind_guard(struct link *link, const struct member_guard *stated)
{
	const struct lock_class *cls = guard_class(link, &stated->attr);

	if (!cls || !stated->field) {
		link->stated.unused++;
		return;
	}
	add_guard(link, stated, cls, GUARD_WRITE, MODE_WRITE);
	add_guard(link, stated, cls, GUARD_READ, MODE_ANY);
	link->stated.used++;
}

/* lock_order(OUTER, INNER), and lock_nests: INNER is taken only inside OUTER */
static void bind_order(struct link *link, const struct contract_attr *attr)
{
	bool nests = !strcmp(attr->word, "lock_nests");
	struct order order;
	struct row *row;

	if ((!nests && strcmp(attr->word, "lock_order")) || attr->nargs != 2 ||
	    attr->args[0]->op != EXPR_STRING || !attr->args[0]->text ||
	    attr->args[1]->op != EXPR_STRING || !attr->args[1]->text) {
		link->stated.unused++;
		return;
	}
	row = arena_new(&run_arena, struct row);
	row->file = "a lock order that the source states";
	row->matched = true;
	row->subject = intern(attr->args[0]->text);
	order.outer = lock_class(link->contracts, attr->args[0]->text);
	order.inner = lock_class(link->contracts, attr->args[1]->text);
	order.row = row;
	VEC_PUSH(&link->contracts->orders, order);
	if (nests)
		VEC_PUSH(&((struct lock_class *)order.inner)->inside, row);
	link->stated.used++;
}

void source_bind(struct link *link)
{
	struct program *program = link->program;
	unsigned i;

	for (i = 0; i < program->functions.n; i++)
		bind_function(link, program->functions.at[i]);
	for (i = 0; i < program->declarations.n; i++)
		bind_function(link, program->declarations.at[i]);
	for (i = 0; i < program->guards.n; i++)
		bind_guard(link, &program->guards.at[i]);
	for (i = 0; i < program->says.n; i++)
		bind_order(link, &program->says.at[i]);
}
