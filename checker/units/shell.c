// SPDX-License-Identifier: GPL-2.0-only

#include "shell.h"

#include <stdlib.h>
#include <string.h>

bool words_have(const struct words *words, const char *word)
{
	unsigned i;

	for (i = 0; i < words->n; i++)
		if (words->at[i] == word)
			return true;
	return false;
}

void words_add_once(struct words *words, const char *word)
{
	if (!words_have(words, word))
		VEC_PUSH(words, word);
}

struct buffer {
	char *at;
	unsigned n, cap;
};

/* Both return what is behind the quoted part. */
static const char *single_quoted(const char *p, struct buffer *word)
{
	for (; *p && *p != '\''; p++)
		VEC_PUSH(word, *p);
	return *p ? p + 1 : p;
}

static const char *double_quoted(const char *p, struct buffer *word)
{
	for (; *p && *p != '"'; p++) {
		if (p[0] == '\\' && p[1] && strchr("\"\\$`\n", p[1]))
			p++;
		VEC_PUSH(word, *p);
	}
	return *p ? p + 1 : p;
}

/* The word at @p, up to an unquoted blank or end of command. */
static const char *one_word(const char *p, struct buffer *word)
{
	while (*p && !strchr(" \t\n;&|()", *p)) {
		if (*p == '\'') {
			p = single_quoted(p + 1, word);
		} else if (*p == '"') {
			p = double_quoted(p + 1, word);
		} else if (*p == '\\' && p[1]) {
			if (p[1] != '\n')
				VEC_PUSH(word, p[1]);
			p += 2;
		} else {
			VEC_PUSH(word, *p);
			p++;
		}
	}
	return p;
}

bool shell_command(const char **text, struct words *words)
{
	struct buffer word = { 0 };
	const char *p = *text;

	words->n = 0;
	while (*p && !words->n) {
		p += strspn(p, " \t\n;&|()");
		while (*p && !strchr("\n;&|()", *p)) {
			word.n = 0;
			p = one_word(p, &word);
			VEC_PUSH(words, intern_n(word.at ? word.at : "",
						 word.n));
			p += strspn(p, " \t");
			while (p[0] == '\\' && p[1] == '\n')
				p += 2 + strspn(p + 2, " \t");
		}
	}
	*text = p;
	free(word.at);
	return words->n;
}
