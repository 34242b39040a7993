// SPDX-License-Identifier: GPL-2.0-only

#include "git.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A hook is run with the names of its own repository and index. */
static void set_environment(const struct git *git)
{
	static const char *const not[] = {
		"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX",
		"GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE",
		"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_EXTERNAL_DIFF",
		"GIT_LITERAL_PATHSPECS", "GIT_TRACE",
	};
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(not); i++)
		unsetenv(not[i]);
	setenv("LC_ALL", "C", 1);
	setenv("GIT_OPTIONAL_LOCKS", "0", 1);
	setenv("GIT_TERMINAL_PROMPT", "0", 1);
	if (git->objects) {
		setenv("GIT_OBJECT_DIRECTORY",
		       path_join(git->own, "objects"), 1);
		setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", git->objects, 1);
	}
	if (git->own_index)
		setenv("GIT_INDEX_FILE", path_join(git->own, "index"), 1);
}

static void become(const struct git *git, const char *input,
		   const char *const *argv)
{
	struct words words = { 0 };
	int in, out, complaint;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	VEC_PUSH(&words, "git");
	while (*argv)
		VEC_PUSH(&words, *argv++);
	VEC_PUSH(&words, NULL);
	in = open(input ? input : "/dev/null", O_RDONLY);
	out = open(path_join(git->own, "git.out"),
		   O_WRONLY | O_CREAT | O_TRUNC, 0600);
	complaint = open(path_join(git->own, "git.err"),
			 O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (in < 0 || out < 0 || complaint < 0)
		_exit(126);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(complaint, STDERR_FILENO);
	set_environment(git);
	if (!chdir(git->folder))
		execvp("git", (char *const *)words.at);
	dprintf(STDERR_FILENO, "%s: git cannot be run here: %s\n", git->folder,
		strerror(errno));
	_exit(127);
}

/* "error: patch failed: x.c:3": the first line that is one. */
static bool complain(const struct git *git, const char *command,
		     struct error *err)
{
	static const char *const starts[] = { "fatal: ", "error: " };
	struct error ignored;
	size_t len;
	char *text = read_whole(path_join(git->own, "git.err"), &len, &ignored);
	const char *line = text ? text : "";
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(starts); i++) {
		const char *found = strstr(line, starts[i]);

		if (found) {
			line = found + strlen(starts[i]);
			break;
		}
	}
	if (*line)
		error_set(err, "%.*s", (int)strcspn(line, "\n"), line);
	else
		error_set(err, "git %s failed", command);
	free(text);
	return false;
}

char *git_run(const struct git *git, const char *input, size_t *len,
	      struct error *err, const char *const *argv)
{
	int status = 0;
	size_t ignored;
	pid_t pid = fork();

	if (pid < 0) {
		error_set(err, "no process to be had: %s", strerror(errno));
		return NULL;
	}
	if (!pid)
		become(git, input, argv);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!WIFEXITED(status) || WEXITSTATUS(status)) {
		complain(git, argv[0], err);
		return NULL;
	}
	return read_whole(path_join(git->own, "git.out"), len ? len : &ignored,
			  err);
}

const char *git_line(const struct git *git, struct error *err,
		     const char *const *argv)
{
	char *text = git_run(git, NULL, NULL, err, argv);
	const char *line = text ? intern_n(text, strcspn(text, "\n")) : NULL;

	free(text);
	return line;
}

/* The next line of @text, interned; "" at its end. */
static const char *take_line(const char **text)
{
	size_t len = strcspn(*text, "\n");
	const char *line = intern_n(*text, len);

	*text += len + ((*text)[len] == '\n');
	return line;
}

bool git_open(struct git *git, const char *folder, const char *own,
	      struct error *err)
{
	const char *at, *objects;
	struct error why;
	char *text;

	*git = (struct git){ .folder = folder, .own = own };
	text = GIT(git, &why, "rev-parse", "--show-toplevel", "--git-path",
		   "objects", "--show-prefix");
	if (!text)
		return error_set(err, "%s: expected a git work tree: %s",
				 folder, why.text);
	at = text;
	git->top = take_line(&at);
	objects = take_line(&at);
	git->prefix = take_line(&at);
	free(text);
	if (mkdir(path_join(own, "objects"), 0700) && errno != EEXIST)
		return error_set(err, "%s: %s", own, strerror(errno));
	git->objects = path_real(path_join(folder, objects));
	return git->objects ||
	       error_set(err, "%s: %s", objects, strerror(errno));
}

bool git_is_same(const struct git *a, const struct git *b)
{
	return a->objects == b->objects;
}
