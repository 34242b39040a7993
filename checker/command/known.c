// SPDX-License-Identifier: GPL-2.0-only

#include "known.h"
#include "baseline.h"

#include <stdio.h>

enum { OPT_BASELINE = 3000 };

static const struct argp_option options[] = {
	{ "baseline", OPT_BASELINE, "FILE", 0,
	  "Leave out the findings that FILE knows; 'mmucheck baseline' makes it", 15 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	const char **path = state->input;

	if (key != OPT_BASELINE)
		return ARGP_ERR_UNKNOWN;
	*path = arg;
	return 0;
}

const struct argp known_argp = { .options = options, .parser = parse };

bool known_leave_out(const char *path, struct findings *findings, bool whole,
		     struct error *err)
{
	struct baseline baseline;
	unsigned gone;

	if (!path)
		return true;
	if (!baseline_read(&baseline, path, err))
		return false;
	baseline_divide(&baseline, findings);
	gone = whole ? baseline.ids.n - findings->known.n : 0;
	if (findings->known.n || gone)
		fprintf(stderr, "mmucheck: %s: %u known", path,
			findings->known.n);
	if (gone)
		fprintf(stderr, "; %u no longer found: 'mmucheck baseline' drops them",
			gone);
	if (findings->known.n || gone)
		fputc('\n', stderr);
	return true;
}
