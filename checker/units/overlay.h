/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that are read in place of those on the disk: how a unit is read as it is
 * in another state of the tree, while its compile command, its generated headers
 * and the tree itself stay what and where they are.  Clang calls it a virtual
 * file system.
 */
#ifndef MMUCHECK_OVERLAY_H
#define MMUCHECK_OVERLAY_H

#include "shell.h"

struct overlay_file {
	const char *path;	/* absolute, links followed */
	const char *content;	/* the file to read instead; NULL: there is none */
	uint64_t hash;		/* of what is in it */
};

struct overlay {
	VEC(struct overlay_file) files;
	struct overlay_entry *index;	/* by path */
	const char *path;		/* of the description for Clang */
};

/* @content NULL: as if there was no such file. */
void overlay_add(struct overlay *overlay, const char *path,
		 const char *content);

/* What is read in place of @path, however its folder is spelled; or NULL. */
const struct overlay_file *overlay_find(const struct overlay *overlay,
					const char *path);

/*
 * overlay_write() - describe it in the file @path, for -ivfsoverlay
 * @tree: the folder that the files are below
 * @spellings: what compile commands call that folder
 */
bool overlay_write(struct overlay *overlay, const char *path, const char *tree,
		   const struct words *spellings, struct error *err);

#endif
