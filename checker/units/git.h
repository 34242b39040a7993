/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * git, as it is asked by this program: it reads a repository and writes nothing
 * into it.  What it has to write, an index or objects, goes into a folder of our
 * own.
 */
#ifndef MMUCHECK_GIT_H
#define MMUCHECK_GIT_H

#include "shell.h"

struct git {
	const char *folder;	/* that it runs in, inside a work tree */
	const char *own;	/* the folder of our own */
	const char *objects;	/* the repository's */
	const char *top;	/* of the work tree */
	const char *prefix;	/* "" or the way from its top to folder: "linux/" */
	bool own_index;		/* use the one in our folder */
};

/*
 * git_open() - the work tree that @folder is in
 * @own: an empty folder
 */
bool git_open(struct git *git, const char *folder, const char *own,
	      struct error *err);

/* The same repository: two work trees of one are. */
bool git_is_same(const struct git *a, const struct git *b);

/*
 * git_run() - what git says on standard output, to be freed
 * @input: file for its standard input, NULL: none
 *
 * NULL if its exit status is not 0, and the first line of its complaint in
 * @err.
 */
char *git_run(const struct git *git, const char *input, size_t *len,
	      struct error *err, const char *const *argv);

#define GIT(git, err, ...)	\
	git_run(git, NULL, NULL, err, (const char *const[]){ __VA_ARGS__, NULL })

/* The same with the end of line cut off, interned: for one line. */
const char *git_line(const struct git *git, struct error *err,
		     const char *const *argv);

#define GIT_LINE(git, err, ...)	\
	git_line(git, err, (const char *const[]){ __VA_ARGS__, NULL })

#endif
