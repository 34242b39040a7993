// SPDX-License-Identifier: GPL-2.0-only
/* What kbuild left beside its objects: ".x.o.cmd", "savedcmd_x.o := gcc ...". */

#include "commands.h"
#include "path.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>

/* make's "$$" and "$(pound)" to what they mean; in place. */
static void unescape(char *text)
{
	char *to = text;

	while (*text) {
		if (text[0] == '$' && text[1] == '$') {
			*to++ = '$';
			text += 2;
		} else if (!strncmp(text, "$(pound)", 8)) {
			*to++ = '#';
			text += 8;
		} else {
			*to++ = *text++;
		}
	}
	*to = 0;
}

static bool read_command(struct finder *finder, const char *path,
			 struct error *err)
{
	struct words words = { 0 };
	char *text, *end;
	const char *at;
	size_t len;

	text = read_whole(path, &len, err);
	if (!text)
		return false;
	end = strchr(text, '\n');
	if (end)
		*end = 0;
	if (!strncmp(text, "savedcmd_", 9) || !strncmp(text, "cmd_", 4)) {
		at = strstr(text, " := ");
		unescape(text);
		while (at && shell_command(&at, &words))
			finder_add(finder, finder->tree->real_build, &words);
	}
	free(words.at);
	free(text);
	return true;
}

static bool is_command_file(const FTSENT *entry)
{
	size_t len = entry->fts_namelen;

	return entry->fts_info == FTS_F && entry->fts_name[0] == '.' &&
	       len > 7 && !strcmp(entry->fts_name + len - 6, ".o.cmd");
}

bool find_kbuild(struct finder *finder, int64_t since, struct error *err)
{
	struct words folders = { 0 };
	bool ok = true;
	unsigned i;

	if (finder->tree->module)
		VEC_PUSH(&folders, finder->tree->module);
	else
		finder_folders(finder, finder->tree->real_build, &folders);
	for (i = 0; ok && i < folders.n; i++) {
		const char *folder = path_join(finder->tree->real_build,
					       folders.at[i]);
		char *const roots[] = { (char *)folder, NULL };
		FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
		FTSENT *entry;

		while (ok && fts && (entry = fts_read(fts)))
			if (is_command_file(entry) &&
			    file_time(entry->fts_path).time > since)
				ok = read_command(finder, entry->fts_path, err);
		if (fts)
			fts_close(fts);
	}
	free(folders.at);
	return ok;
}
