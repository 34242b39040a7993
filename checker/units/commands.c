// SPDX-License-Identifier: GPL-2.0-only

#include "commands.h"
#include "path.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

static bool is_wanted(const struct finder *finder, const char *source)
{
	unsigned i;

	for (i = 0; i < finder->patterns->n; i++)
		if (path_matches(finder->patterns->at[i], source))
			return true;
	return false;
}

void finder_add(struct finder *finder, const char *folder,
		const struct words *command)
{
	struct unit_file *unit = unit_new(finder->tree, folder, command);
	unsigned i;

	if (!unit || !is_wanted(finder, unit->source))
		return;
	for (i = 0; i < finder->units->n; i++)
		if (finder->units->at[i]->object == unit->object)
			return;
	VEC_PUSH(finder->units, unit);
}

/* Of arch/ only the one that is configured. */
static bool is_foreign(const struct tree *tree, const char *name)
{
	const char *own = tree->arch_folder;
	size_t len = own ? strlen(own) : 0;

	if (strncmp(name, "arch/", 5) || !len)
		return false;
	return strncmp(name + 5, own, len) || name[5 + len] != '/';
}

void finder_folders(const struct finder *finder, const char *base,
		    struct words *folders)
{
	size_t skip = strlen(base) + 1;
	unsigned i, k;

	for (i = 0; i < finder->places->n; i++) {
		const char *pattern = path_join(base, finder->places->at[i]);
		glob_t found;

		if (glob(pattern, GLOB_ONLYDIR, NULL, &found))
			continue;
		for (k = 0; k < found.gl_pathc; k++) {
			const char *path = found.gl_pathv[k];

			if (is_folder(path) &&
			    !is_foreign(finder->tree, path + skip))
				VEC_PUSH(folders, intern(path + skip));
		}
		globfree(&found);
	}
}

static int by_source(const void *x, const void *y)
{
	const struct unit_file *a = *(struct unit_file *const *)x;
	const struct unit_file *b = *(struct unit_file *const *)y;
	int order = strcmp(a->source, b->source);

	return order ? order : strcmp(a->object, b->object);
}

static bool nothing_found(const struct tree *tree, const char *why,
			  struct error *err)
{
	if (why)
		return error_set(err, "%s: no compile commands: %s",
				 tree->build, why);
	if (!tree->arch)
		return error_set(err, "%s: no compile commands: expected compile_commands.json, or a kernel that is configured (.config) or built (.*.o.cmd) in this folder",
				 tree->build);
	return error_set(err, "%s: no compile commands for what is asked for: nothing that matches is configured in this folder",
			 tree->build);
}

bool commands_find(const struct tree *tree, const struct words *places,
		   const struct words *patterns, struct unit_files *units,
		   const char **partial, struct error *err)
{
	struct finder finder = { tree, places, patterns, units };
	const char *why = NULL;

	if (!find_database(&finder, err))
		return false;
	if (!units->n && !find_built_or_not(&finder, &why, err))
		return false;
	if (!units->n)
		return nothing_found(tree, why, err);
	qsort(units->at, units->n, sizeof(*units->at), by_source);
	*partial = why;
	return true;
}
