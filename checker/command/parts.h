/* SPDX-License-Identifier: GPL-2.0-only */
/* Where mmucheck finds what belongs to it: beside its own executable. */
#ifndef MMUCHECK_PARTS_H
#define MMUCHECK_PARTS_H

#include "base.h"

/* The folder with the contracts and the macro header that come with it. */
const char *parts_annotations(struct error *err);

/* The front end. */
const char *parts_frontend(struct error *err);

/* Joins two parts of a path; what is absolute stays as it is. */
const char *path_join(const char *folder, const char *name);

/* The part behind the last slash. */
const char *path_base(const char *path);

bool is_file(const char *path);
bool is_folder(const char *path);

#endif
