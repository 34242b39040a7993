// SPDX-License-Identifier: GPL-2.0-only
/* What 'make -n' would run in a configured kernel. */

#include "commands.h"
#include "jobs.h"
#include "path.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static bool on_path(const char *program)
{
	const char *path = getenv("PATH");
	char text[4096];

	while (path && *path) {
		size_t len = strcspn(path, ":");

		snprintf(text, sizeof(text), "%.*s/%s", (int)len, path, program);
		if (!access(text, X_OK))
			return true;
		path += len + (path[len] == ':');
	}
	return false;
}

/*
 * The compiler that the folder is configured for: with another one make would
 * configure it anew, -n or not.
 */
static void add_compiler(const struct tree *tree, struct words *argv)
{
	const char *text = tree_config(tree, "CONFIG_CC_VERSION_TEXT");
	const char *clang = tree_config(tree, "CONFIG_CLANG_VERSION");
	unsigned major = clang ? atoi(clang) / 10000 : 0;
	const char *gcc;
	char word[200];

	if (major) {
		snprintf(word, sizeof(word), "clang-%u", major);
		if (on_path(word))
			snprintf(word, sizeof(word), "LLVM=-%u", major);
		else
			snprintf(word, sizeof(word), "LLVM=1");
		VEC_PUSH(argv, intern(word));
		return;
	}
	gcc = text ? strstr(text, "gcc") : NULL;
	if (!gcc || gcc == text || memchr(text, ' ', gcc - text))
		return;
	snprintf(word, sizeof(word), "CROSS_COMPILE=%.*s", (int)(gcc - text),
		 text);
	VEC_PUSH(argv, intern(word));
}

static bool has_makefile(const char *folder)
{
	return is_file(path_join(folder, "Makefile")) ||
	       is_file(path_join(folder, "Kbuild"));
}

/* kbuild goes into folders with a Makefile only: the next one on the way up. */
static void make_folders_of(const struct finder *finder, struct words *folders)
{
	const char *kernel = finder->tree->kernel;
	struct words all = { 0 };
	unsigned i, k;

	if (finder->tree->module) {
		VEC_PUSH(folders, finder->tree->module);
		return;
	}
	finder_folders(finder, kernel, &all);
	for (i = 0; i < all.n; i++) {
		const char *name = all.at[i];

		while (strcmp(name, ".") && !has_makefile(path_join(kernel, name)))
			name = path_folder(name);
		for (k = 0; k < folders->n && folders->at[k] != name; k++)
			;
		if (k == folders->n && strcmp(name, "."))
			VEC_PUSH(folders, name);
	}
	free(all.at);
}

/*
 * This make has nothing to do with the one that called us, if any; but compilers
 * have to be found and to answer as they did there, or the configuration is made
 * anew, with other facts in it.
 */
static void add_environment(struct words *argv)
{
	static const char *const kept[] = {
		"PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "CARGO_HOME",
		"RUSTUP_HOME", "RUSTUP_TOOLCHAIN",
	};
	char word[4096];
	unsigned i;

	VEC_PUSH(argv, "env");
	VEC_PUSH(argv, "-i");
	for (i = 0; i < ARRAY_SIZE(kept); i++) {
		if (!getenv(kept[i]))
			continue;
		snprintf(word, sizeof(word), "%s=%s", kept[i], getenv(kept[i]));
		VEC_PUSH(argv, intern(word));
	}
}

static void make_command(const struct finder *finder,
			 const struct words *folders, struct words *argv)
{
	char word[4096];
	unsigned i;

	add_environment(argv);
	VEC_PUSH(argv, "make");
	VEC_PUSH(argv, "-n");
	snprintf(word, sizeof(word), "ARCH=%s", finder->tree->arch);
	VEC_PUSH(argv, intern(word));
	add_compiler(finder->tree, argv);
	if (finder->tree->module) {
		/* Its objects only: the rules that link it act in spite of -n */
		snprintf(word, sizeof(word), "M=%s", finder->tree->module);
		VEC_PUSH(argv, intern(word));
		VEC_PUSH(argv, finder->tree->module);
	}
	for (i = 0; !finder->tree->module && i < folders->n; i++) {
		snprintf(word, sizeof(word), "%s/", folders->at[i]);
		VEC_PUSH(argv, intern(word));
	}
	VEC_PUSH(argv, NULL);
}

/* The first line that make complains in. */
static const char *first_complaint(const char *text)
{
	const char *line = strstr(text, "*** ");

	if (!line)
		return "'make -n' did not run to its end";
	line += 4;
	return intern_n(line, strcspn(line, "\n"));
}

static void read_output(struct finder *finder, const char *text)
{
	struct words words = { 0 };

	while (shell_command(&text, &words))
		finder_add(finder, finder->tree->real_build, &words);
	free(words.at);
}

/* What make's answer hangs on, without asking it. */
static uint64_t hash_file(uint64_t hash, const char *path)
{
	struct file_time time = file_time(path);

	hash = XXH3_64bits_withSeed(path, strlen(path) + 1, hash);
	return XXH3_64bits_withSeed(&time, sizeof(time), hash);
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static uint64_t hash_makefiles(uint64_t hash, const char *folder)
{
	char *const roots[] = { (char *)folder, NULL };
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	FTSENT *entry;

	while (fts && (entry = fts_read(fts))) {
		const char *name = entry->fts_name;

		if (entry->fts_info == FTS_F &&
		    (!strncmp(name, "Makefile", 8) ||
		     !strncmp(name, "Kbuild", 6)))
			hash = hash_file(hash, entry->fts_path);
	}
	if (fts)
		fts_close(fts);
	return hash;
}

static uint64_t answer_key(const struct finder *finder,
			   const struct words *folders,
			   const struct words *argv)
{
	const struct tree *tree = finder->tree;
	uint64_t hash = 0;
	unsigned i;

	for (i = 0; argv->at[i]; i++)
		hash = XXH3_64bits_withSeed(argv->at[i],
					    strlen(argv->at[i]) + 1, hash);
	hash = hash_file(hash, path_join(tree->build, ".config"));
	hash = hash_file(hash, path_join(tree->build,
					 "include/config/auto.conf"));
	hash = hash_file(hash, path_join(tree->kernel, "Makefile"));
	for (i = 0; i < finder->patterns->n; i++)
		hash = XXH3_64bits_withSeed(finder->patterns->at[i],
					    strlen(finder->patterns->at[i]) + 1,
					    hash);
	for (i = 0; i < folders->n; i++)
		hash = hash_makefiles(hash, path_join(tree->kernel,
						      folders->at[i]));
	return hash;
}

/*
 * The answer of last time, if it still is one: key first, "end" last.  What has
 * been built since then knows better.
 */
static bool read_answer(struct finder *finder, const char *path, uint64_t key,
			bool *known, struct error *err)
{
	struct error ignored;
	char first[64], *text;
	bool ok = true;
	size_t len;

	snprintf(first, sizeof(first), "# mmucheck-commands 1 %016llx\n",
		 (unsigned long long)key);
	text = read_whole(path, &len, &ignored);
	*known = text && !strncmp(text, first, strlen(first)) && len > 5 &&
		 !strcmp(text + len - 5, "\nend\n");
	if (*known) {
		text[len - 4] = 0;
		ok = find_kbuild(finder, finder->tree->module ? -1 :
				 file_time(path).time, err);
		read_output(finder, text + strlen(first));
	}
	free(text);
	return ok;
}

static void quote(FILE *out, const char *word)
{
	shell_quote(out, word);
	fputc(' ', out);
}

/* It is only asked again if this cannot be kept. */
static void keep_answer(const struct finder *finder, const char *path,
			uint64_t key)
{
	struct error err;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	unsigned i, k;

	if (!out)
		return;
	fprintf(out, "# mmucheck-commands 1 %016llx\n",
		(unsigned long long)key);
	for (i = 0; i < finder->units->n; i++) {
		const struct unit_file *unit = finder->units->at[i];

		fputs("cc ", out);
		for (k = 0; k < unit->args.n; k++)
			quote(out, unit->args.at[k]);
		fputs("-o ", out);
		quote(out, unit->object);
		fputs("\n", out);
	}
	fputs("\nend\n", out);
	if (!fclose(out) && make_folders(path, &err))
		write_whole(path, text, len, &err);
	free(text);
}

static const char *ask(struct finder *finder, struct words *argv)
{
	struct job job = {
		.folder = finder->tree->real_build, .argv = argv->at,
		.keep_output = true,
	};
	const struct job_watch watch = { 0 };
	struct error err;
	const char *why = NULL;

	if (!jobs_run(&job, 1, 1, &watch, &err))
		return intern(err.text);
	if (job.status)
		why = first_complaint(job.text);
	read_output(finder, job.text);
	free(job.text);
	return why;
}

bool find_built_or_not(struct finder *finder, const char **why,
		       struct error *err)
{
	const struct tree *tree = finder->tree;
	const char *path = path_join(tree->state, "commands");
	struct words folders = { 0 }, argv = { 0 };
	bool known = false, ok = true;
	uint64_t key = 0;

	*why = NULL;
	if (tree->arch && has_makefile(tree->build))
		make_folders_of(finder, &folders);
	if (folders.n) {
		make_command(finder, &folders, &argv);
		key = answer_key(finder, &folders, &argv);
		ok = read_answer(finder, path, key, &known, err);
	}
	/* Who builds a module says how on make's command line: -n does not know. */
	if (ok && !known && tree->module)
		ok = find_kbuild(finder, -1, err);
	if (ok && !known) {
		/* First, so that what is built meanwhile is not missed. */
		if (folders.n)
			*why = ask(finder, &argv);
		ok = find_kbuild(finder, -1, err);
		if (ok && folders.n && !*why)
			keep_answer(finder, path, key);
	}
	free(folders.at);
	free(argv.at);
	return ok;
}
