// SPDX-License-Identifier: GPL-2.0-only

#include "parts.h"
#include "path.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The folder that this executable is in. */
static const char *own_folder(struct error *err)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (len <= 0) {
		error_set(err, "/proc/self/exe: cannot be read: I do not know where I am");
		return NULL;
	}
	path[len] = 0;
	slash = strrchr(path, '/');
	if (slash)
		*slash = 0;
	return intern(path);
}

const char *parts_annotations(struct error *err)
{
	const char *own = own_folder(err), *folder;

	if (!own)
		return NULL;
	folder = path_join(own, "../share/mmucheck");
	if (is_folder(folder))
		return folder;
	error_set(err, "%s: no such folder: expected the annotations that come with mmucheck (--annotations DIR says where they are)",
		  folder);
	return NULL;
}

const char *parts_frontend(struct error *err)
{
	static const char *const places[] = {
		"mmucheck-facts",
		"../libexec/mmucheck/mmucheck-facts",
		"../lib/mmucheck/mmucheck-facts",
	};
	const char *own = own_folder(err), *path;
	unsigned i;

	if (!own)
		return NULL;
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		path = path_join(own, places[i]);
		if (!access(path, X_OK) && is_file(path))
			return path;
	}
	error_set(err, "%s/mmucheck-facts: no such program: expected the front end beside mmucheck",
		  own);
	return NULL;
}

bool parts_cocci(struct cocci_parts *parts, struct error *err)
{
	const char *own = own_folder(err);

	if (!own)
		return false;
	parts->program = path_join(own, "../libexec/mmucheck/mmucheck-cocci");
	parts->rules = path_join(own, "../share/mmucheck-cocci");
	if (access(parts->program, X_OK))
		return error_set(err, "%s: no such program: expected the runner of the rules in SmPL that comes with mmucheck",
				 parts->program);
	return is_folder(parts->rules) ||
	       error_set(err, "%s: no such folder: expected the rules in SmPL that come with mmucheck",
			 parts->rules);
}
