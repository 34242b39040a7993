// SPDX-License-Identifier: GPL-2.0-only
/* What of a tree is not what it is on the disk, and what is in it. */

#include "judge.h"
#include "overlay.h"
#include "path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Names */

/* Names as git ends them with -z */
static void add_names(struct words *names, const char *text, size_t len)
{
	const char *end = text + len;

	for (; text < end; text += strlen(text) + 1)
		words_add_once(names, intern(text));
}

static void git_paths(const struct judge *judge, struct words *argv)
{
	unsigned i;

	VEC_PUSH(argv, "--");
	for (i = 0; i < judge->folders.n; i++)
		VEC_PUSH(argv, judge->folders.at[i]);
	VEC_PUSH(argv, judge->anywhere ? "." : INPUT_ROWS);
	VEC_PUSH(argv, NULL);
}

/* What git says is added, and given to be freed; NULL and @err. */
static char *add_differing(struct judge *judge, const char *const *command,
			   size_t *len, struct error *err)
{
	struct words argv = { 0 };
	char *text;

	while (*command)
		VEC_PUSH(&argv, *command++);
	git_paths(judge, &argv);
	text = git_run(&judge->git, NULL, len, err, argv.at);
	if (text)
		add_names(&judge->differing, text, *len);
	free(argv.at);
	return text;
}

bool judge_compare_disk(struct judge *judge, const char *base,
			 struct error *err)
{
	const char *const command[] = {
		"-c", "diff.autoRefreshIndex=false", "diff", "--name-only",
		"-z", "--no-renames", "--no-ext-diff", "--no-textconv",
		"--ignore-submodules", "--relative", base, NULL,
	};
	size_t len;
	char *text = add_differing(judge, command, &len, err);

	free(text);
	return text;
}

/* What make reads: nothing of that is done again. */
static void tell_of_makefiles(const struct judge *judge, const char *text,
			      size_t len)
{
	static const char *const names[] = { "Makefile", "Kbuild", "Kconfig" };
	const char *end = text + len;
	unsigned i;

	for (; text < end; text += strlen(text) + 1)
		for (i = 0; i < ARRAY_SIZE(names); i++)
			if (!strncmp(path_base(text), names[i],
				     strlen(names[i])))
				fprintf(stderr, "mmucheck: %s: changed: compile commands and generated headers stay those of %s\n",
					text, judge->tree.build);
}

bool judge_expect(struct judge *judge, const char *before, const char *tree,
		  bool *differs, struct error *err)
{
	size_t len;
	char *text;
	const char *const command[] = {
		"diff-tree", "-r", "--name-only", "-z", "--no-renames",
		"--relative", before, tree, NULL,
	};

	text = add_differing(judge, command, &len, err);
	if (!text)
		return false;
	add_names(&judge->changed, text, len);
	tell_of_makefiles(judge, text, len);
	*differs = len;
	free(text);
	return true;
}

/* What is in them */

static bool write_request(const struct judge *judge, const char *tree,
			  const char *path, struct error *err)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	unsigned i;
	bool ok;

	if (!out)
		return error_set(err, "out of memory");
	for (i = 0; i < judge->differing.n; i++)
		fprintf(out, "%s:%s%s\n", tree, judge->git.prefix,
			judge->differing.at[i]);
	fclose(out);
	ok = write_whole(path, text, len, err);
	free(text);
	return ok;
}

/*
 * One answer of cat-file at *@at: "OBJECT blob SIZE", then what is in it, or
 * "NAME missing".  Moves behind it.
 */
static bool read_object(const char **at, const char *end, const char *path,
			const char **content, struct error *err)
{
	const char *line = *at, *next = memchr(line, '\n', end - line);
	const char *blob = next ? memmem(line, next - line, " blob ", 6) : NULL;
	size_t size;

	*content = NULL;
	if (!next)
		return error_set(err, "git cat-file: ended too early");
	if (!blob) {
		*at = next + 1;
		/* A submodule is "commit", and nothing to be read. */
		return memmem(line, next - line, " missing", 8) ||
		       memmem(line, next - line, " submodule", 10) ||
		       error_set(err, "git cat-file: %.*s", (int)(next - line),
				 line);
	}
	size = strtoull(blob + 6, NULL, 10);
	if (size >= (size_t)(end - next - 1))
		return error_set(err, "git cat-file: ended too early");
	*content = path;
	*at = next + 1 + size + 1;
	return write_whole(path, next + 1, size, err);
}

static bool read_objects(struct judge *judge, const char *text, size_t len,
			 const char *folder, struct overlay *overlay,
			 struct error *err)
{
	const char *end = text + len, *content;
	char number[16];
	unsigned i;

	for (i = 0; i < judge->differing.n; i++) {
		snprintf(number, sizeof(number), "%u", i);
		if (!read_object(&text, end, path_join(folder, number),
				 &content, err))
			return false;
		overlay_add(overlay, path_join(judge->tree.kernel,
					       judge->differing.at[i]),
			    content);
	}
	return true;
}

const struct overlay_file *judge_file(const struct judge *judge,
					    const struct overlay *overlay,
					    const char *source)
{
	return overlay_find(overlay, path_join(judge->tree.kernel, source));
}

/*
 * For cat-file a file that the tree does not have and one whose content the
 * repository has lost are the same.
 */
static bool nothing_lost(const struct judge *judge, const char *tree,
			 const struct overlay *overlay, struct error *err)
{
	struct words argv = { 0 };
	const struct overlay_file *file;
	const char *name;
	size_t len;
	char *text;
	bool ok;

	VEC_PUSH(&argv, "ls-tree");
	VEC_PUSH(&argv, "-rz");
	VEC_PUSH(&argv, "--name-only");
	VEC_PUSH(&argv, tree);
	git_paths(judge, &argv);
	text = git_run(&judge->git, NULL, &len, err, argv.at);
	ok = text;
	for (name = text; ok && name < text + len; name += strlen(name) + 1) {
		file = judge_file(judge, overlay, intern(name));
		if (file && !file->content)
			ok = error_set(err, "%s: its content at %.12s is missing in the repository",
				       name, tree);
	}
	free(text);
	free(argv.at);
	return ok;
}

static bool is_whole(const struct overlay *overlay)
{
	unsigned i;

	for (i = 0; i < overlay->files.n; i++)
		if (!overlay->files.at[i].content)
			return false;
	return true;
}

bool judge_overlay(struct judge *judge, const char *tree,
			 struct overlay *overlay, struct error *err)
{
	const char *const argv[] = { "cat-file", "--batch", NULL };
	const char *request = path_join(judge->git.own, "request");
	char number[16], *text;
	const char *folder;
	size_t len;
	bool ok;

	snprintf(number, sizeof(number), "%u", judge->states++);
	folder = path_join(judge->git.own, number);
	if (mkdir(folder, 0700))
		return error_set(err, "%s: cannot be made", folder);
	if (!write_request(judge, tree, request, err))
		return false;
	text = git_run(&judge->git, request, &len, err, argv);
	ok = text && read_objects(judge, text, len, folder, overlay, err) &&
	     (is_whole(overlay) || nothing_lost(judge, tree, overlay, err)) &&
	     overlay_write(overlay, path_join(folder, "overlay.yaml"),
			   judge->tree.kernel, &judge->spellings, err);
	free(text);
	return ok;
}
