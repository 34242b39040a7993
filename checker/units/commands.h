/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which units there are in a build folder, and how each is compiled: from
 * compile_commands.json, or from what kbuild left beside its objects and what
 * 'make -n' says of those that are not built yet.  Nothing is compiled.
 */
#ifndef MMUCHECK_COMMANDS_H
#define MMUCHECK_COMMANDS_H

#include "unit.h"

/*
 * commands_find() - the units of @tree whose source one of @patterns covers
 * @places: folders that may hold them, as patterns; more than hold some do no
 *          harm
 *
 * By source.  On an error, or if there are none, false and @err.  *@partial is
 * set to why some may be missing, NULL if none is.
 */
bool commands_find(const struct tree *tree, const struct words *places,
		   const struct words *patterns, struct unit_files *units, const char **partial,
		   struct error *err);

/* For the files of this part only */

struct finder {
	const struct tree *tree;
	const struct words *places, *patterns;
	struct unit_files *units;
};

/* Adds what @command, run in @folder, compiles, if it is asked for. */
void finder_add(struct finder *finder, const char *folder,
		const struct words *command);

/* The places that are folders below @base: "arch/x86/kvm". */
void finder_folders(const struct finder *finder, const char *base,
		    struct words *folders);

/* False and @err only if a file that is there cannot be read. */
bool find_database(struct finder *finder, struct error *err);
/* kbuild's own files, those younger than @since. */
bool find_kbuild(struct finder *finder, int64_t since, struct error *err);

/*
 * Those, and what make says of the rest.  *@why is NULL, or why it did not say.
 */
bool find_built_or_not(struct finder *finder, const char **why,
		       struct error *err);

#endif
