// SPDX-License-Identifier: GPL-2.0-only

#include "series.h"
#include "path.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *tree_of(const struct git *git, const char *commit,
			   struct error *err)
{
	char text[300];
	const char *tree;

	snprintf(text, sizeof(text), "%s^{tree}", commit);
	tree = GIT_LINE(git, err, "rev-parse", "--verify", "--end-of-options",
			text);
	if (!tree)
		error_set(err, "%s: expected a commit, or a file with a patch",
			  commit);
	return tree;
}

static void add_patch(struct series *series, const char *name,
		      const char *tree)
{
	struct patch patch = { intern(name), tree, true };

	VEC_PUSH(&series->patches, patch);
}

/* Commits */

/* "COMMIT TREE PARENTS<tab>SUBJECT" */
static bool add_commit(struct series *series, const struct git *git,
		       char *line, struct error *err)
{
	char *subject = strchr(line, '\t'), *rest = NULL;
	const char *commit, *tree, *parent;

	if (!subject)
		return error_set(err, "git log: expected a commit, found: %s",
				 line);
	*subject++ = 0;
	commit = strtok_r(line, " ", &rest);
	tree = strtok_r(NULL, " ", &rest);
	parent = strtok_r(NULL, " ", &rest);
	if (!parent || !tree)
		return error_set(err, "%.12s: this commit has no parent to compare it with",
				 commit);
	if (!series->base)
		series->base = tree_of(git, intern(parent), err);
	add_patch(series, subject, intern(tree));
	return series->base;
}

static char *list_commits(const struct git *git, const char *range,
			  struct error *err)
{
	static const char format[] = "--format=%H %T %P%x09%s";

	if (strstr(range, ".."))
		return GIT(git, err, "log", "--reverse", "--first-parent",
			   "--no-color", "--no-show-signature", format,
			   "--end-of-options", range, "--");
	return GIT(git, err, "log", "--no-walk", "--no-color",
		   "--no-show-signature", format, "--end-of-options", range,
		   "--");
}

bool series_of_commits(struct series *series, const struct git *git,
		       const char *range, struct error *err)
{
	char *text = list_commits(git, range, err), *line, *rest = NULL;
	bool ok = true;

	if (!text)
		return error_set(err, "%s: expected commits, A..B, or a file with a patch",
				 range);
	for (line = strtok_r(text, "\n", &rest); ok && line;
	     line = strtok_r(NULL, "\n", &rest))
		ok = add_commit(series, git, line, err);
	free(text);
	if (ok && !series->patches.n)
		return error_set(err, "%s: no commits in this range", range);
	return ok;
}

/* The index */

/* That of the commit which is being made, if a hook calls. */
static bool copy_index(const struct git *git, struct error *err)
{
	const char *path = getenv("GIT_INDEX_FILE");
	size_t len;
	char *text;
	bool ok;

	if (!path || !*path) {
		path = GIT_LINE(git, err, "rev-parse", "--git-path", "index");
		if (!path)
			return false;
		path = path_join(git->folder, path);
	}
	if (!is_file(path))
		return error_set(err, "%s: no such file: nothing is staged",
				 path);
	text = read_whole(path, &len, err);
	ok = text && write_whole(path_join(git->own, "index"), text, len, err);
	free(text);
	return ok;
}

bool series_of_staged(struct series *series, const struct git *git,
		      struct error *err)
{
	struct git own = *git;
	struct error ignored;
	const char *tree;

	own.own_index = true;
	if (!copy_index(git, err))
		return false;
	tree = GIT_LINE(&own, err, "write-tree");
	if (!tree)
		return error_set(err, "the index: expected one without conflicts: git write-tree failed");
	series->base = tree_of(git, "HEAD", &ignored);
	if (!series->base)	/* the first commit of all */
		series->base = GIT_LINE(git, err, "hash-object", "-w", "-t",
					"tree", "/dev/null");
	add_patch(series, "staged changes", tree);
	return series->base;
}

/* Patches */

/* A mail begins with a header, an mbox with "From ", a patch with neither. */
static bool is_mail(const char *text)
{
	size_t len;

	text += strspn(text, " \t\r\n");
	if (!strncmp(text, "From ", 5))
		return true;
	if (!strncmp(text, "Index:", 6))
		return false;
	len = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789");
	return len && text[len] == ':';
}

static bool apply(struct series *series, const struct git *git,
		  const char *name, const char *patch, struct error *err)
{
	struct error why;
	const char *tree;
	char *text = GIT(git, &why, "apply", "--cached", "--whitespace=nowarn",
			 "--", patch);

	if (!text)
		return error_set(err, "%s: does not apply: %s", name, why.text);
	free(text);
	tree = GIT_LINE(git, err, "write-tree");
	if (!tree)
		return false;
	add_patch(series, name, tree);
	return true;
}

static const char *subject_of(const char *info, const char *file)
{
	const char *line = strstr(info, "Subject: ");

	if (!line)
		return file;
	line += strlen("Subject: ");
	return intern_n(line, strcspn(line, "\n"));
}

/* A cover letter has no patch. */
static bool apply_mail(struct series *series, const struct git *git,
		       const char *file, const char *mail, struct error *err)
{
	const char *patch = path_join(git->own, "patch");
	const char *const argv[] = {
		"mailinfo", path_join(git->own, "message"), patch, NULL,
	};
	char *info = git_run(git, mail, NULL, err, argv);
	const char *name = info ? subject_of(info, file) : NULL;

	free(info);
	if (!name)
		return false;
	if (!file_time(patch).size)
		return true;
	return apply(series, git, name, patch, err);
}

static bool apply_mails(struct series *series, const struct git *git,
			const char *name, const char *file, struct error *err)
{
	char folder[4096], mail[5000];
	const char *count;
	unsigned n, i;

	snprintf(folder, sizeof(folder), "-o%s/mails", git->own);
	mkdir(folder + 2, 0700);
	count = GIT_LINE(git, err, "mailsplit", "-b", folder, file);
	if (!count)
		return false;
	n = strtoul(count, NULL, 10);
	for (i = 1; i <= n; i++) {
		snprintf(mail, sizeof(mail), "%s/%04u", folder + 2, i);
		if (!apply_mail(series, git, name, mail, err))
			return false;
	}
	return true;
}

static char *read_stdin(size_t *len, struct error *err)
{
	return read_whole("/dev/stdin", len, err);
}

/* What is read may be a pipe: it is read once. */
static bool apply_file(struct series *series, const struct git *git,
		       const char *name, struct error *err)
{
	const char *copy = path_join(git->own, "input");
	unsigned before = series->patches.n;
	size_t len;
	char *text = strcmp(name, "-") ? read_whole(name, &len, err)
				       : read_stdin(&len, err);
	bool ok = text && write_whole(copy, text, len, err);

	if (!strcmp(name, "-"))
		name = "standard input";
	if (ok && is_mail(text))
		ok = apply_mails(series, git, name, copy, err);
	else if (ok)
		ok = apply(series, git, path_base(name), copy, err);
	if (ok && series->patches.n == before)
		ok = error_set(err, "%s: expected a patch, found none", name);
	free(text);
	return ok;
}

bool series_of_files(struct series *series, const struct git *git,
		     const struct words *files, const char *base,
		     struct error *err)
{
	struct git own = *git;
	char *text;
	unsigned i;

	own.own_index = true;
	series->base = tree_of(git, base, err);
	text = series->base ? GIT(&own, err, "read-tree", series->base) : NULL;
	if (!text)
		return false;
	free(text);
	for (i = 0; i < files->n; i++)
		if (!apply_file(series, &own, files->at[i], err))
			return false;
	return true;
}
