/* SPDX-License-Identifier: GPL-2.0-only */
/* A kernel's source and the folder that it is built in. */
#ifndef MMUCHECK_TREE_H
#define MMUCHECK_TREE_H

#include "base.h"

struct tree {
	const char *build;	/* as it was given */
	const char *real_build;	/* the same, absolute */
	const char *kernel;	/* the source, absolute */
	const char *arch;	/* as make is told; NULL: not configured */
	const char *arch_folder;	/* its folder below arch/; NULL likewise */
	const char *state;	/* the folder for what is kept from run to run */
	const char *module;	/* an external one's folder, absolute, or NULL */
};

/*
 * tree_find() - what is known of the build folder @build
 * @kernel: its source, or NULL: the folder says where it is
 */
bool tree_find(struct tree *tree, const char *build, const char *kernel,
	       struct error *err);

/*
 * tree_module() - the units are those of an external module (make M=@folder)
 *
 * A folder of the kernel or of the build folder is none: its units are theirs.
 */
void tree_module(struct tree *tree, const char *folder);

/* The value of a line NAME=VALUE in .config, without quotes; NULL if none. */
const char *tree_config(const struct tree *tree, const char *name);

/*
 * @path, absolute or below @folder, as the tree calls it: "virt/kvm/x.c".  In an
 * external module's folder the name begins with that of the folder.
 */
const char *tree_name(const struct tree *tree, const char *folder,
		      const char *path);

#endif
