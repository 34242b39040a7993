// SPDX-License-Identifier: GPL-2.0-only

#include "tree.h"
#include "path.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An O= folder has a Makefile with the one line "include SOURCE/Makefile". */
static const char *included_source(const char *build)
{
	struct error err;
	size_t len;
	char *text = read_whole(path_join(build, "Makefile"), &len, &err);
	const char *source = NULL, *end;
	char *line;

	line = text ? strstr(text, "\ninclude ") : NULL;
	if (line) {
		line += strlen("\ninclude ");
		end = line + strcspn(line, "\n");
		if (end - line > 9 && !strncmp(end - 9, "/Makefile", 9))
			source = path_join(build, intern_n(line,
							   end - 9 - line));
	}
	free(text);
	return source && is_folder(source) ? source : NULL;
}

static const char *find_source(const char *build)
{
	const char *source = path_join(build, "source");

	if (is_file(path_join(build, "Kconfig")))
		return build;
	if (is_folder(source))
		return source;
	source = included_source(build);
	return source ? source : build;
}

static char *read_config(const struct tree *tree)
{
	struct error err;
	size_t len;

	return read_whole(path_join(tree->build, ".config"), &len, &err);
}

/* "# Linux/x86 6.12.1 Kernel Configuration" */
static const char *config_arch(const struct tree *tree)
{
	char *text = read_config(tree);
	const char *line = text ? strstr(text, "\n# Linux/") : NULL;
	const char *arch = NULL;

	if (line) {
		line += strlen("\n# Linux/");
		arch = intern_n(line, strcspn(line, " \n"));
	}
	free(text);
	return arch;
}

/*
 * Two architectures may be one folder, arch/x86 is that of i386 too: then it is
 * the one whose headers have been generated here.
 */
static const char *folder_of_arch(const struct tree *tree)
{
	const char *own = path_join("arch", tree->arch);
	const char *name = tree->arch;
	glob_t found;

	if (is_folder(path_join(tree->kernel, own)) ||
	    glob(path_join(tree->build, "arch/*/include/generated"),
		 GLOB_ONLYDIR, NULL, &found))
		return name;
	name = path_base(path_folder(path_folder(found.gl_pathv[0])));
	globfree(&found);
	return name;
}

bool tree_find(struct tree *tree, const char *build, const char *kernel,
	       struct error *err)
{
	*tree = (struct tree){ .build = build };
	if (!is_folder(build))
		return error_set(err, "%s: no such folder: expected a build folder",
				 build);
	tree->real_build = path_real(build);
	if (kernel && !is_folder(kernel))
		return error_set(err, "%s: no such folder: expected the kernel's source",
				 kernel);
	tree->kernel = path_real(kernel ? kernel : find_source(build));
	if (!tree->real_build || !tree->kernel)
		return error_set(err, "%s: %s", build, strerror(errno));
	tree->arch = config_arch(tree);
	tree->arch_folder = tree->arch ? folder_of_arch(tree) : NULL;
	tree->state = path_join(tree->build, ".mmucheck");
	return true;
}

static const char *below(const char *folder, const char *path)
{
	size_t len = strlen(folder);

	if (strncmp(path, folder, len) || path[len] != '/')
		return NULL;
	return path + len + 1;
}

void tree_module(struct tree *tree, const char *folder)
{
	const char *real = path_real(folder);

	if (!real || below(tree->kernel, real) || below(tree->real_build, real))
		return;
	tree->module = real;
	tree->state = path_join(real, ".mmucheck");
}

const char *tree_config(const struct tree *tree, const char *name)
{
	char *text = read_config(tree), start[200];
	const char *line, *value = NULL;

	snprintf(start, sizeof(start), "\n%s=", name);
	line = text ? strstr(text, start) : NULL;
	if (line) {
		line += strlen(start);
		if (*line == '"')
			value = intern_n(line + 1, strcspn(line + 1, "\"\n"));
		else
			value = intern_n(line, strcspn(line, "\n"));
	}
	free(text);
	return value;
}

const char *tree_name(const struct tree *tree, const char *folder,
		      const char *path)
{
	const char *full = path_clean(path_join(folder, path));
	const char *real = path_real(full), *name;

	if (!real)
		real = full;
	name = below(tree->kernel, real);
	if (!name && tree->module && below(tree->module, real))
		name = below(path_folder(tree->module), real);
	if (!name)
		name = below(tree->real_build, real);
	return intern(name ? name : real);
}
