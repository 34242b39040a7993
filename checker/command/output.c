// SPDX-License-Identifier: GPL-2.0-only

#include "output.h"
#include "command.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { OPT_FORMAT = 2000, OPT_COLOUR };

static const struct argp_option options[] = {
	{ "format", OPT_FORMAT, "FORM", 0,
	  "Say it as FORM: text (the default), json or another that this build has", 20 },
	{ "color", OPT_COLOUR, "WHEN", 0,
	  "Use colour auto (on a terminal, the default), always or never", 20 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct output *output = state->input;

	switch (key) {
	case OPT_FORMAT:
		output->format = format_find(arg);
		if (!output->format)
			argp_failure(state, FAILED, 0,
				     "--format=%s: unknown, expected one of %s",
				     arg, format_names());
		return 0;
	case OPT_COLOUR:
		if (strcmp(arg, "auto") && strcmp(arg, "always") &&
		    strcmp(arg, "never"))
			argp_failure(state, FAILED, 0,
				     "--color=%s: unknown, expected auto, always or never",
				     arg);
		output->colour = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp output_argp = { .options = options, .parser = parse };

static bool use_colour(const struct output *output)
{
	if (output->colour && strcmp(output->colour, "auto"))
		return !strcmp(output->colour, "always");
	return isatty(STDOUT_FILENO);
}

bool output_flush(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		return true;
	fprintf(stderr, "mmucheck: standard output: cannot be written: %s\n",
		strerror(errno));
	return false;
}

int output_print(const struct output *output, const struct findings *findings)
{
	const struct format *format = output->format ? output->format
						     : format_find("text");

	format->print(stdout, findings, use_colour(output));
	if (!output_flush())
		return FAILED;
	return findings->all.n ? FOUND : NOTHING_FOUND;
}

int output_error(const struct error *err)
{
	fprintf(stderr, "mmucheck: %s\n", err->text);
	return FAILED;
}
