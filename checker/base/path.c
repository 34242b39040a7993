// SPDX-License-Identifier: GPL-2.0-only

#include "path.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uthash.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

const char *path_join(const char *folder, const char *name)
{
	char text[PATH_MAX];

	if (name[0] == '/' || !strcmp(folder, ".") || !folder[0])
		return intern(name);
	snprintf(text, sizeof(text), "%s%s%s", folder,
		 folder[strlen(folder) - 1] == '/' ? "" : "/", name);
	return intern(text);
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *path_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : intern_n(path, slash - path);
}

const char *path_clean(const char *path)
{
	char text[PATH_MAX], *parts[PATH_MAX / 2], *part, *rest;
	char out[PATH_MAX] = "";
	unsigned n = 0, i;
	size_t len = 0;

	snprintf(text, sizeof(text), "%s", path);
	for (part = strtok_r(text, "/", &rest); part;
	     part = strtok_r(NULL, "/", &rest)) {
		if (!strcmp(part, "."))
			continue;
		if (!strcmp(part, "..") && n && strcmp(parts[n - 1], ".."))
			n--;
		else if (strcmp(part, "..") || path[0] != '/')
			parts[n++] = part;
	}
	if (!n)
		return path[0] == '/' ? "/" : ".";
	for (i = 0; i < n; i++)
		len += snprintf(out + len, sizeof(out) - len, "%s%s",
				i || path[0] == '/' ? "/" : "", parts[i]);
	return intern(out);
}

const char *path_real(const char *path)
{
	char real[PATH_MAX];

	return realpath(path, real) ? intern(real) : NULL;
}

struct followed {
	const char *path, *real;
	UT_hash_handle hh;
};

static struct followed *followed_find(struct followed **all, const char *path)
{
	struct followed *found;

	HASH_FIND_PTR(*all, &path, found);
	if (!found) {
		found = arena_new(&run_arena, struct followed);
		found->path = path;
		HASH_ADD_PTR(*all, path, found);
	}
	return found;
}

/* There are many files in few folders: each folder is asked for once. */
const char *path_follow(const char *path)
{
	static struct followed *files, *folders;
	struct followed *file = followed_find(&files, path), *folder;

	if (file->real)
		return file->real;
	folder = followed_find(&folders, path_folder(path));
	if (!folder->real)
		folder->real = path_real(folder->path) ?: folder->path;
	file->real = path_join(folder->real, path_base(path));
	return file->real;
}

bool is_file(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode);
}

bool is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

struct file_time file_time(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return (struct file_time){ -1, -1 };
	return (struct file_time){
		st.st_size,
		st.st_mtim.tv_sec * 1000000000ll + st.st_mtim.tv_nsec,
	};
}

uint64_t hash_of_file(const char *path)
{
	struct error err;
	size_t len;
	char *text = read_whole(path, &len, &err);
	uint64_t hash = text ? XXH3_64bits(text, len) : 0;

	free(text);
	return hash;
}

bool make_folders(const char *path, struct error *err)
{
	const char *folder = path_folder(path);

	if (is_folder(folder))
		return true;
	if (!make_folders(folder, err))
		return false;
	if (mkdir(folder, 0777) && errno != EEXIST)
		return error_set(err, "%s: cannot be made: %s", folder,
				 strerror(errno));
	return true;
}

static bool put_text(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		text += n;
		len -= n;
	}
	return true;
}

bool write_whole(const char *path, const char *text, size_t len,
		 struct error *err)
{
	char temporary[PATH_MAX];
	mode_t mask = umask(0);
	bool ok;
	int fd;

	umask(mask);
	snprintf(temporary, sizeof(temporary), "%s.XXXXXX", path);
	fd = mkstemp(temporary);
	if (fd < 0)
		return error_set(err, "%s: cannot be written: %s", path,
				 strerror(errno));
	ok = put_text(fd, text, len) && !fchmod(fd, 0666 & ~mask);
	ok = !close(fd) && ok;
	if (ok && !rename(temporary, path))
		return true;
	error_set(err, "%s: cannot be written: %s", path, strerror(errno));
	unlink(temporary);
	return false;
}

void shell_quote(FILE *out, const char *word)
{
	fputc('\'', out);
	for (; *word; word++)
		if (*word == '\'')
			fputs("'\\''", out);
		else
			fputc(*word, out);
	fputc('\'', out);
}
