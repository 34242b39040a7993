// SPDX-License-Identifier: GPL-2.0-only

#include "weak.h"

#include <stdlib.h>
#include <string.h>

/* The next word of *@at, which moves on; the last is all that is left. */
static const char *next(char **at, bool last)
{
	char *word = *at + strspn(*at, " \t");
	size_t len = strcspn(word, last ? "" : " \t");

	*at = word + len + (word[len] != '\0');
	word[len] = '\0';
	return *word ? intern(word) : NULL;
}

static bool has_word(const struct limits *limits, const char *word)
{
	unsigned i;

	for (i = 0; i < limits->words.n; i++)
		if (limits->words.at[i].word == word)
			return true;
	return false;
}

static bool read_line(struct limits *limits, const char *path, unsigned number,
		      char *line, struct error *err)
{
	struct limit limit = { .file = next(&line, false) };
	bool kind;

	if (!limit.file || *limit.file == '#')
		return true;
	kind = !strcmp(limit.file, "limit");
	limit.function = next(&line, false);
	limit.word = next(&line, kind);
	if (!limit.word || next(&line, true))
		return error_set(err, "%s:%u: expected \"limit WORD WHAT\" or \"FILE FUNCTION WORD\"",
				 path, number);
	if (!kind && !has_word(limits, limit.word))
		return error_set(err, "%s:%u: %s: expected the word of a \"limit\" line above",
				 path, number, limit.word);
	if (kind) {
		const char *word = limit.function;

		limit.function = limit.word;
		limit.word = word;
		VEC_PUSH(&limits->words, limit);
	} else {
		VEC_PUSH(&limits->functions, limit);
	}
	return true;
}

bool limits_read(struct limits *limits, const char *path, struct error *err)
{
	size_t len;
	char *text = read_whole(path, &len, err), *line = text, *end;
	unsigned number = 0;
	bool ok = text;

	while (ok && *line) {
		end = line + strcspn(line, "\n");
		number++;
		line[end - line] = '\0';
		ok = read_line(limits, path, number, line, err);
		line = end + (end < text + len);
	}
	free(text);
	return ok;
}

bool limits_print(FILE *out, const struct limits *limits,
		  bool (*is)(const void *data, const char *file),
		  const void *data)
{
	bool any = false, told;
	unsigned i, k;

	for (i = 0; i < limits->words.n; i++) {
		told = false;
		for (k = 0; k < limits->functions.n; k++) {
			const struct limit *limit = &limits->functions.at[k];

			if (limit->word != limits->words.at[i].word ||
			    !is(data, limit->file))
				continue;
			if (!told)
				fprintf(out, "  %s:\n",
					limits->words.at[i].function);
			fprintf(out, "    %s()\n", limit->function);
			told = any = true;
		}
	}
	return any;
}
