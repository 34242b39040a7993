// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck explain: a rule's page, as it lies beside the rule. */

#include "command.h"
#include "output.h"
#include "pages.h"

static error_t parse(int key, char *arg, struct argp_state *state)
{
	const char **id = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		if (*id)
			argp_error(state, "one rule at a time");
		*id = arg;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "no rule given: 'mmucheck --list-rules' lists them");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	.parser = parse, .args_doc = "RULE",
	.doc = "Print the page of RULE: what it asks for and why, an example, what it cannot see, and how to say \"I know\".",
};

static int run(int argc, char **argv)
{
	const struct rule_page *page;
	const char *id = NULL;

	argp_parse(&argp, argc, argv, 0, NULL, &id);
	page = page_find(id);
	if (!page) {
		fprintf(stderr, "mmucheck: %s: no such rule: 'mmucheck --list-rules' lists them\n",
			id);
		return FAILED;
	}
	fputs(page->text, stdout);
	return output_flush() ? NOTHING_FOUND : FAILED;
}

COMMAND(explain, .name = "explain", .run = run,
	.title = "print the page of a rule");
