// SPDX-License-Identifier: GPL-2.0-only
/* What was proved, as the list that cocci/lockdep-assert.cocci reads. */

#include "annotate.h"
#include "reach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Which assert says it: "held" is any mode, or the only one that there is. */
static const char *assert_of(const struct proposal *proposal,
			     const struct lock_class *cls)
{
	if (!strcmp(proposal->word, "requires_shared_capability"))
		return "held";
	if (strcmp(proposal->word, "requires_capability"))
		return NULL;
	return cls->flavour && cls->flavour->shared ? "write" : "held";
}

/* The list knows functions by their names: one of several is left out. */
static bool is_only_one(const struct program *program, unsigned index)
{
	const char *name = program->functions.at[index]->name;
	unsigned i;

	for (i = 0; i < program->functions.n; i++)
		if (i != index && program->functions.at[i]->name == name)
			return false;
	return true;
}

static int by_text(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static const char *line_of(const struct proposal *proposal,
			   const struct analysis *analysis)
{
	const struct program *program = analysis->program;
	struct link *link = analysis->solver->link;
	const struct lock_class *cls = static_class(link,
						    proposal->attr->args[0]);
	const char *word = cls ? assert_of(proposal, cls) : NULL;
	char line[600];

	if (!word || !is_only_one(program, proposal->fn))
		return NULL;
	snprintf(line, sizeof(line), "%s %s %s",
		 program->functions.at[proposal->fn]->name, word,
		 proposal->args[0]);
	return strpbrk(line, "$'<?") ? NULL : intern(line);
}

bool print_asserts(const struct input *input, struct analysis *analysis,
		   const struct wanted *wanted, struct error *err)
{
	struct proposals *proposals = prove(input, &analysis, wanted, err);
	VEC(const char *) lines = { 0 };
	unsigned i;

	if (!proposals)
		return false;
	for (i = 0; i < proposals->all.n; i++) {
		const char *line = line_of(&proposals->all.at[i], analysis);

		if (line)
			VEC_PUSH(&lines, line);
	}
	if (lines.n)
		qsort(lines.at, lines.n, sizeof(*lines.at), by_text);
	for (i = 0; i < lines.n; i++)
		if (!i || lines.at[i] != lines.at[i - 1])
			puts(lines.at[i]);
	free(lines.at);
	return true;
}
