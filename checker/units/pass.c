// SPDX-License-Identifier: GPL-2.0-only

#include "pass.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static void read_lines(struct pass *pass, char *text)
{
	char *line, *rest;

	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (!strncmp(line, "waiting ", 8))
			VEC_PUSH(&pass->waiting, intern(line + 8));
		else if (!strncmp(line, "told ", 5))
			VEC_PUSH(&pass->told, intern(line + 5));
	}
}

bool pass_open(struct pass *pass, const char *state, struct error *err)
{
	const char *lock = path_join(state, "lock");
	struct error none;
	size_t len;
	char *text;

	*pass = (struct pass){ .path = path_join(state, "pass"), .lock = -1 };
	if (!make_folders(lock, err))
		return false;
	pass->lock = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (pass->lock < 0)
		return error_set(err, "%s: %s", lock, strerror(errno));
	/* Whoever is killed has no lock any more. */
	while (flock(pass->lock, LOCK_EX) && errno == EINTR)
		;
	text = read_whole(pass->path, &len, &none);
	if (text)
		read_lines(pass, text);
	free(text);
	return true;
}

bool pass_is_waiting(const struct pass *pass, const char *source)
{
	return words_have(&pass->waiting, source);
}

void pass_wait(struct pass *pass, const char *source)
{
	if (!pass_is_waiting(pass, source))
		VEC_PUSH(&pass->waiting, source);
}

bool pass_was_told(const struct pass *pass, const char *what)
{
	return words_have(&pass->told, what);
}

bool pass_close(struct pass *pass, struct error *err)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	unsigned i;
	bool ok;

	if (!out)
		return error_set(err, "out of memory");
	for (i = 0; i < pass->waiting.n; i++)
		fprintf(out, "waiting %s\n", pass->waiting.at[i]);
	for (i = 0; i < pass->told.n; i++)
		fprintf(out, "told %s\n", pass->told.at[i]);
	fclose(out);
	ok = write_whole(pass->path, text, len, err);
	free(text);
	close(pass->lock);
	return ok;
}
