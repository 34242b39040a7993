// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck hook: have git ask before each commit. */

#include "base.h"
#include "command.h"
#include "git.h"
#include "output.h"
#include "own_folder.h"
#include "path.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] =
	"Usage: mmucheck hook install [OPTIONS...]\n"
	"  or:  mmucheck hook remove\n"
	"  or:  mmucheck hook run [OPTIONS...]\n"
	"install has 'git commit' ask what the staged changes make new, and refuse them\n"
	"if that is anything; 'git commit --no-verify' does not ask.  A pre-commit hook\n"
	"that is not ours stays as it is.  remove takes ours away.  run is what hooks\n"
	"call, that of the pre-commit framework too, which may ask for a range of commits\n"
	"instead.  OPTIONS are those of 'mmucheck patch', as --build=DIR.\n\n"
	"      --help             Give this help list\n";

static const char mark[] =
	"# Written by 'mmucheck hook install'; 'mmucheck hook remove' takes it away.\n";

struct call {
	bool remove;
	int argc;
	char **argv;	/* options for what is run */
};

/* Options whose value is a folder or a file, long and short */
static const char *const paths[] = {
	"--build", "--kernel", "--facts", "--annotations", "--contracts", "-b",
	"-k", "-f",
};

/* The value of such an option in the same word, or NULL. */
static const char *value_in(const char *word)
{
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(paths); i++) {
		size_t len = strlen(paths[i]);

		if (strncmp(word, paths[i], len) || !word[len])
			continue;
		if (word[1] != '-')
			return word + len;
		if (word[len] == '=')
			return word + len + 1;
	}
	return NULL;
}

static bool takes_path(const char *word)
{
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(paths); i++)
		if (!strcmp(word, paths[i]))
			return true;
	return false;
}

/* The hook runs at the top of the tree: a folder is named from the root. */
static void put_option(FILE *out, const char *before, const char *word)
{
	const char *value = takes_path(before) ? word : value_in(word);
	const char *real = value ? path_real(value) : NULL;
	char text[2 * PATH_MAX];

	snprintf(text, sizeof(text), "%.*s%s",
		 real ? (int)(value - word) : (int)strlen(word), word,
		 real ? real : "");
	fputc(' ', out);
	shell_quote(out, text);
}

static bool write_hook(const struct call *call, const char *path,
		       struct error *err)
{
	const char *self = path_real("/proc/self/exe");
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	bool ok;
	int i;

	if (!out || !self)
		return error_set(err, "/proc/self/exe: cannot be read");
	fprintf(out, "#!/bin/sh\n%sexec ", mark);
	shell_quote(out, self);
	fputs(" hook run", out);
	for (i = 0; i < call->argc; i++)
		put_option(out, i ? call->argv[i - 1] : "", call->argv[i]);
	fputc('\n', out);
	fclose(out);
	ok = make_folders(path, err) && write_whole(path, text, len, err);
	free(text);
	if (ok && chmod(path, 0777 & ~umask(0)))
		ok = error_set(err, "%s: %s", path, strerror(errno));
	return ok;
}

/* None, or one of ours. */
static bool may_be_written(const char *path, struct error *err)
{
	struct error ignored;
	size_t len;
	char *text;
	bool ok;

	if (access(path, F_OK))
		return true;
	text = read_whole(path, &len, &ignored);
	ok = text && strstr(text, mark);
	free(text);
	return ok || error_set(err, "%s: this hook is not ours: it stays as it is; 'mmucheck hook run' is what it may call",
			       path);
}

static int change_hook(const char *own, void *data)
{
	const struct call *call = data;
	const char *path;
	struct error err;
	struct git git;

	if (!git_open(&git, ".", own, &err))
		return output_error(&err);
	path = GIT_LINE(&git, &err, "rev-parse", "--git-path",
			"hooks/pre-commit");
	if (!path || !may_be_written(path, &err))
		return output_error(&err);
	if (!call->remove)
		return write_hook(call, path, &err) ? 0 : output_error(&err);
	if (unlink(path)) {
		error_set(&err, "%s: %s", path, strerror(errno));
		return output_error(&err);
	}
	return 0;
}

/* What the pre-commit framework asks for, if it is the one. */
static const char *range_asked_for(void)
{
	const char *from = getenv("PRE_COMMIT_FROM_REF");
	const char *to = getenv("PRE_COMMIT_TO_REF");
	char text[500];

	if (!from || !to || !*from || !*to)
		return "--staged";
	snprintf(text, sizeof(text), "%s..%s", from, to);
	return intern(text);
}

static int run_patch(const struct call *call)
{
	char **argv = arena_array(&run_arena, char *, call->argc + 4);
	const char *self = path_real("/proc/self/exe");
	int n = 0, i;

	argv[n++] = "mmucheck";
	argv[n++] = "patch";
	for (i = 0; i < call->argc; i++)
		argv[n++] = call->argv[i];
	argv[n++] = (char *)range_asked_for();
	execv(self, argv);
	fprintf(stderr, "mmucheck: %s: cannot be run: %s\n", self,
		strerror(errno));
	return FAILED;
}

static int run(int argc, char **argv)
{
	struct call call = { .argc = argc - 2, .argv = argv + 2 };

	if (argc > 1 && !strcmp(argv[1], "--help")) {
		fputs(usage, stdout);
		return NOTHING_FOUND;
	}
	if (argc > 1 && !strcmp(argv[1], "run"))
		return run_patch(&call);
	if (argc > 1 && !strcmp(argv[1], "install"))
		return in_own_folder(change_hook, &call);
	call.remove = true;
	if (argc == 2 && !strcmp(argv[1], "remove"))
		return in_own_folder(change_hook, &call);
	fputs(usage, stderr);
	return FAILED;
}

COMMAND(hook, .name = "hook", .run = run,
	.title = "have git ask before each commit");
