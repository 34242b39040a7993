// SPDX-License-Identifier: GPL-2.0-only
/* The code beside what is said of it. */

#include "html.h"
#include "path.h"

#include <stdlib.h>
#include <string.h>

/* Files as they were read; a report looks at few of them, again and again. */
struct source {
	const char *file;
	const char **lines;
	unsigned n;
};

static VEC(struct source) sources;

static void split(struct source *source, char *text)
{
	unsigned n = 1;
	char *at;

	for (at = text; *at; at++)
		n += *at == '\n';
	source->lines = arena_array(&run_arena, const char *, n + 1);
	for (at = text; at; source->n++) {
		source->lines[source->n] = at;
		at = strchr(at, '\n');
		if (at)
			*at++ = 0;
	}
}

static const struct source *source_of(struct html *html, const char *file)
{
	struct source source = { .file = file };
	struct error err;
	char *text = NULL;
	size_t len;
	unsigned i;

	for (i = 0; i < sources.n; i++)
		if (sources.at[i].file == file)
			return &sources.at[i];
	if (html->kernel)
		text = read_whole(path_join(html->kernel, file), &len, &err);
	if (text)
		split(&source, text);
	html->missing += !text;
	VEC_PUSH(&sources, source);
	return &sources.at[sources.n - 1];
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (c >= '0' && c <= '9');
}

static bool is_keyword(const char *word, size_t len)
{
	static const char words[] =
		" auto bool break case char const continue default do double else "
		"enum extern false for goto if inline int long register return "
		"short signed sizeof static struct switch true typedef union "
		"unsigned void volatile while NULL u8 u16 u32 u64 ";
	char padded[20] = " ";

	if (len + 3 > sizeof(padded))
		return false;
	memcpy(padded + 1, word, len);
	strcpy(padded + 1 + len, " ");
	return strstr(words, padded);
}

static size_t span_of(const char *text, const char *end)
{
	const char *found = strstr(text + 1, end);

	return found ? (size_t)(found - text) + strlen(end) : strlen(text);
}

/* How long the piece at @text is, and how it is to look. */
static size_t piece(const char *text, const char **looks)
{
	size_t len = 1;

	*looks = NULL;
	if (!strncmp(text, "/*", 2) || !strncmp(text, "* ", 2) ||
	    !strncmp(text, "*/", 2)) {
		*looks = "c";
		return *text == '*' && text[1] == '/' ? 2 : span_of(text, "*/");
	}
	if (!strncmp(text, "//", 2)) {
		*looks = "c";
		return strlen(text);
	}
	if (*text == '"' || *text == '\'') {
		*looks = "s";
		return span_of(text, *text == '"' ? "\"" : "'");
	}
	if (!is_name(*text))
		return 1;
	while (is_name(text[len]))
		len++;
	if (is_keyword(text, len))
		*looks = "k";
	else if (text[len] == '(')
		*looks = "f";
	return len;
}

/* A line inside a comment is known by the star in front. */
static bool begins_comment(const char *text, const char *at)
{
	return at[0] != '*' || strspn(text, " \t") == (size_t)(at - text);
}

static void print_code(FILE *out, const char *text)
{
	const char *at = text, *looks;

	while (*at) {
		size_t len = piece(at, &looks);

		if (*at == '*' && !begins_comment(text, at)) {
			looks = NULL;
			len = 1;
		}
		if (looks)
			fprintf(out, "<i class=%s>", looks);
		html_text_n(out, at, len);
		if (looks)
			fputs("</i>", out);
		at += len;
	}
}

void html_excerpt(struct html *html, const char *file, unsigned line,
		  unsigned around, FILE *out)
{
	const struct source *source = source_of(html, file);
	unsigned i = line > around ? line - around : 1;
	unsigned end = line + around;

	if (!source->n || !line || line > source->n)
		return;
	fputs("<pre class=code>", out);
	for (; i <= end && i <= source->n; i++) {
		fprintf(out, "<span class=\"l%s\" data-n=%u>",
			i == line ? " hit" : "", i);
		print_code(out, source->lines[i - 1]);
		fputs("</span>\n", out);
	}
	fputs("</pre>\n", out);
}

bool html_line(struct html *html, const char *file, unsigned line, FILE *out)
{
	const struct source *source = source_of(html, file);
	const char *text;

	if (!source->n || !line || line > source->n)
		return false;
	text = source->lines[line - 1];
	fputs("<code class=line>", out);
	print_code(out, text + strspn(text, " \t"));
	fputs("</code>", out);
	return true;
}
