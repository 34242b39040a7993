// SPDX-License-Identifier: GPL-2.0-only
/*
 * An address never passes through fewer bits than its kind has, and one kind is
 * never taken for another: between two there is a shift or a translation.
 */

#include "bound.h"
#include "kind_use.h"
#include "rule.h"

#include <stdio.h>
#include <string.h>

struct check {
	struct kinds *kinds;
	struct findings *findings;
	struct bounds *bounds;		/* of "of" */
	const struct function *of;
};

/* What is said of a value at the end of each way that it is used */
static const char *const cut[USE_WAYS] = {
	[USE_CAST] = "cut to",
	[USE_BITFIELD] = "put into a bitfield of",
	[USE_MASK] = "masked to",
};

static const char *const mixed[USE_WAYS] = {
	[USE_PUT] = "used as",
	[USE_COMPARISON] = "compared with",
	[USE_DIFFERENCE] = "counted from",
};

/* Only where something may be lost it is asked how large the value can be. */
static uint64_t largest(struct check *check, const struct use *use)
{
	if (check->of != use->fn) {
		check->of = use->fn;
		check->bounds = bounds_new(check->kinds, use->fn);
	}
	return bound_at(check->bounds, use->block, use->insn, use->value);
}

/* What a call returned has no name; a member of it has. */
static const char *text_of(const struct use *use)
{
	char text[200], *name;

	expr_print(use->fn, use->value, text, sizeof(text));
	if (!strchr(text, '%'))
		return intern(text);
	name = strstr(text, "->");
	return name && text[0] == '%' ? intern(name + 2) : "the result";
}

/* How the value got its kind, from place to place. */
static void note_origins(struct kinds *kinds, struct finding *finding,
			 const struct use *use)
{
	struct origin from = { use->fn, NULL, use->value };
	unsigned i;

	for (i = 0; i < 8 && from.value; i++) {
		char text[200];

		if (!kind_origin(kinds, from.fn, from.value, &from))
			return;
		if (from.value)
			expr_print(from.fn, from.value, text, sizeof(text));
		finding_note(finding, from.fn, from.insn->line, from.insn->col,
			     "%s is put there in %s()",
			     from.value ? text : "what is returned",
			     from.fn->name);
	}
}

/* @what: the end of the sentence "VALUE, a KIND" */
static struct finding *say(struct check *check, const struct use *use,
			   const struct address *kind, const char *what)
{
	struct finding *finding = finding_add(check->findings, "gpa-width",
		use->fn, use->line, use->col, "%s, a %s%s", text_of(use),
		kind->name, what);

	if (finding && use->callee)
		finding_note(finding, use->fn, use->line, use->col,
			     "it is passed to %s()", use->callee->name);
	if (finding)
		note_origins(check->kinds, finding, use);
	return finding;
}

static void say_cut(struct check *check, const struct use *use,
		    const struct address *kind)
{
	unsigned bits = kind_bits(check->kinds, kind);
	struct finding *finding;
	char what[100];

	snprintf(what, sizeof(what), " of %u bits, is %s %u", bits,
		 cut[use->way], use->bits);
	finding = say(check, use, kind, what);
	if (finding)
		finding_note(finding, use->fn, use->line, use->col,
			     "needs: %u bits for a %s%s", bits, kind->name,
			     row_text(kind->row));
}

static void say_mixed(struct check *check, const struct use *use,
		      const struct address *kind, const struct address *as)
{
	struct finding *finding;
	char what[200];

	snprintf(what, sizeof(what), ", is %s a %s", mixed[use->way], as->name);
	finding = say(check, use, kind, what);
	if (!finding)
		return;
	finding_note(finding, use->fn, use->line, use->col, "is: a %s%s",
		     kind->name, row_text(kind->row));
	finding_note(finding, use->fn, use->line, use->col, "needs: a %s%s",
		     as->name, row_text(as->row));
}

/* The kind of what there may be too few bits for; NULL if it is none. */
static const struct address *kind_cut(struct kinds *kinds, const struct use *use)
{
	const struct address *kind;

	if (!cut[use->way])
		return NULL;
	kind = kind_of_value(kinds, use->fn, use->value);
	/* Where it can only be the narrow one of two it is that. */
	if (kind && kind != use->as && use->as && kind_may_be(kind, use->as))
		return NULL;
	return kind && use->bits < kind_bits(kinds, kind) ? kind : NULL;
}

/* The kind of what meets an @as; NULL if one of them is no address. */
static const struct address *kind_met(struct kinds *kinds,
				      const struct use *use,
				      const struct address **as)
{
	const struct address *kind;

	if (!mixed[use->way])
		return NULL;
	kind = kind_of_value(kinds, use->fn, use->value);
	*as = use->other ? kind_of_value(kinds, use->fn, use->other) : use->as;
	return *as ? kind : NULL;
}

static bool is_lost(struct check *check, const struct use *use)
{
	return use->bits < 64 && largest(check, use) >> use->bits &&
	       !is_split(use);
}

static bool is_told(struct kinds *kinds, const struct use *use)
{
	return kind_is_told(kinds, use->fn, use->value) &&
	       (!use->other || kind_is_told(kinds, use->fn, use->other));
}

static void check_use(void *data, const struct use *use)
{
	struct check *check = data;
	const struct address *kind = kind_cut(check->kinds, use), *as;

	if (kind && is_lost(check, use))
		say_cut(check, use, kind);
	kind = kind_met(check->kinds, use, &as);
	if (kind && !kind_may_be(kind, as) && !kind_may_be(as, kind) &&
	    is_told(check->kinds, use))
		say_mixed(check, use, kind, as);
}

static void finish(struct findings *findings, struct solver *solver)
{
	struct kinds *kinds = kinds_of(solver->link);
	struct check check = { .kinds = kinds, .findings = findings };

	if (kinds)
		each_use(solver->link,
			 &(struct use_visitor){ kinds, check_use, &check });
}

/* Instructions at which an address meets another, or may be cut */
struct sites {
	struct kinds *kinds;
	const struct function *fn;
	unsigned block, insn, n;
};

static void count_use(void *data, const struct use *use)
{
	struct sites *sites = data;
	const struct address *as;

	if (!kind_cut(sites->kinds, use) && !kind_met(sites->kinds, use, &as))
		return;
	sites->n += use->fn != sites->fn || use->block != sites->block ||
		    use->insn != sites->insn;
	sites->fn = use->fn;
	sites->block = use->block;
	sites->insn = use->insn;
}

static unsigned count_sites(struct link *link)
{
	struct kinds *kinds = kinds_of(link);
	struct sites sites = { .kinds = kinds };

	if (kinds)
		each_use(link, &(struct use_visitor){ kinds, count_use, &sites });
	return sites.n;
}

RULE(gpa_width, .id = "gpa-width",
     .title = "an address keeps all its bits, and its kind",
     .finish = finish, .count_sites = count_sites);
