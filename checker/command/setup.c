// SPDX-License-Identifier: GPL-2.0-only

#include "setup.h"
#include "command.h"
#include "parts.h"
#include "path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool find_facts_folder(struct maker *maker, const char *folder,
			      struct error *err)
{
	if (!make_folders(path_join(folder, "x"), err))
		return false;
	maker->facts = path_real(folder);
	return maker->facts ||
	       error_set(err, "%s: %s", folder, strerror(errno));
}

bool maker_set_up(struct maker *maker, const struct tree *tree,
		  const struct input *input, const char *facts,
		  struct error *err)
{
	struct contracts *contracts = contracts_new();
	const char *folder = input->annotations, *macros;
	unsigned i;

	*maker = (struct maker){ .tree = tree };
	maker->frontend = parts_frontend(err);
	if (!folder && !input->bare)
		folder = parts_annotations(err);
	if (!maker->frontend || (!folder && !input->bare) ||
	    !input_contracts(input, contracts, err))
		return false;
	for (i = 0; i < contracts->scopes.n; i++)
		VEC_PUSH(&maker->scopes, contracts->scopes.at[i]);
	for (i = 0; i < contracts->foreign.n; i++)
		VEC_PUSH(&maker->foreign, contracts->foreign.at[i]);
	macros = folder ? path_join(folder, "linux-macros.h") : NULL;
	if (macros && is_file(macros))
		maker->macros = path_real(macros);
	return !facts || find_facts_folder(maker, facts, err);
}

unsigned cpus(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n > 0 ? n : 1;
}

unsigned parse_jobs(const char *arg, struct argp_state *state)
{
	char *end;
	unsigned long n = strtoul(arg, &end, 10);

	if (*end || !n || n > 4096)
		argp_failure(state, FAILED, 0,
			     "-j %s: expected a number from 1 to 4096", arg);
	return n;
}
