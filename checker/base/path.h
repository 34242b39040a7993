/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of files, and files as a whole. */
#ifndef MMUCHECK_PATH_H
#define MMUCHECK_PATH_H

#include <stdio.h>

#include "base.h"

/* Joins two parts of a path; what is absolute stays as it is.  Interned. */
const char *path_join(const char *folder, const char *name);

/* The part behind the last slash. */
const char *path_base(const char *path);

/* The part before it, "." if there is none.  Interned. */
const char *path_folder(const char *path);

/* @path without "." and "x/.."; links are not looked at.  Interned. */
const char *path_clean(const char *path);

/* @path as the system knows it, links followed; NULL if there is none. */
const char *path_real(const char *path);

/*
 * path_follow() - @path with the links in its folder followed
 *
 * Even if there is no such file.  @path is interned.
 */
const char *path_follow(const char *path);

bool is_file(const char *path);
bool is_folder(const char *path);

/* Size and time of change in ns; both -1 if there is no such file. */
struct file_time { int64_t size, time; };
struct file_time file_time(const char *path);

/* Of what is in the file; 0 if it cannot be read. */
uint64_t hash_of_file(const char *path);

/* Makes the folders that lead to @path. */
bool make_folders(const char *path, struct error *err);

/*
 * write_whole() - replace the file @path with @text
 *
 * By way of a temporary file beside it: a reader sees the old one or the new
 * one, and whatever goes wrong the old one stays.
 */
bool write_whole(const char *path, const char *text, size_t len,
		 struct error *err);

/* @word as one word of the shell. */
void shell_quote(FILE *out, const char *word);

#endif
