// SPDX-License-Identifier: GPL-2.0-only
/* As much of Markdown as the rules' pages have. */

#include "html.h"

#include <string.h>

static size_t line_len(const char *at)
{
	return strcspn(at, "\n");
}

static const char *next_line(const char *at)
{
	at += line_len(at);
	return *at ? at + 1 : at;
}

/* `code`, and the rest as it is. */
static void inline_text(FILE *out, const char *text, size_t len)
{
	const char *end = text + len;
	bool code = false;

	for (; text < end; text++) {
		if (*text == '`') {
			fputs(code ? "</code>" : "<code>", out);
			code = !code;
		} else if (*text == '\\' && text + 1 < end && text[1] == '|') {
			continue;
		} else {
			html_text_n(out, text, 1);
		}
	}
	if (code)
		fputs("</code>", out);
}

static const char *heading(FILE *out, const char *at)
{
	size_t level = strspn(at, "#"), len = line_len(at);

	fprintf(out, "<h%zu>", level + 1);
	inline_text(out, at + level + 1, len > level ? len - level - 1 : 0);
	fprintf(out, "</h%zu>\n", level + 1);
	return next_line(at);
}

static const char *code(FILE *out, const char *at)
{
	fputs("<pre class=code>", out);
	while (!strncmp(at, "    ", 4) ||
	       (*at == '\n' && !strncmp(at + 1, "    ", 4))) {
		size_t skip = *at == '\n' ? 0 : 4;

		html_text_n(out, at + skip, line_len(at + skip));
		fputc('\n', out);
		at = next_line(at);
	}
	fputs("</pre>\n", out);
	return at;
}

static const char *cell_end(const char *at)
{
	while (*at && *at != '\n' && *at != '|')
		at += *at == '\\' && at[1] ? 2 : 1;
	return at;
}

static void table_row(FILE *out, const char *at, const char *tag)
{
	const char *end;

	fputs("<tr>", out);
	for (at++; *at && *at != '\n'; at = *end == '|' ? end + 1 : end) {
		end = cell_end(at);
		if (*end != '|')
			break;
		fprintf(out, "<%s>", tag);
		inline_text(out, at + 1, end - at > 1 ? end - at - 2 : 0);
		fprintf(out, "</%s>", tag);
	}
	fputs("</tr>\n", out);
}

static const char *table(FILE *out, const char *at)
{
	fputs("<div class=scroll><table>\n", out);
	table_row(out, at, "th");
	at = next_line(next_line(at));
	for (; *at == '|'; at = next_line(at))
		table_row(out, at, "td");
	fputs("</table></div>\n", out);
	return at;
}

static bool ends_paragraph(const char *at)
{
	return !*at || *at == '\n' || *at == '#' || *at == '|' ||
	       !strncmp(at, "* ", 2) || !strncmp(at, "- ", 2);
}

static const char *paragraph(FILE *out, const char *at, const char *tag)
{
	fprintf(out, "<%s>", tag);
	do {
		inline_text(out, at, line_len(at));
		fputc('\n', out);
		at = next_line(at);
	} while (!ends_paragraph(at));
	fprintf(out, "</%s>\n", tag);
	return at;
}

static const char *list(FILE *out, const char *at)
{
	fputs("<ul>\n", out);
	while (!strncmp(at, "* ", 2) || !strncmp(at, "- ", 2))
		at = paragraph(out, at + 2, "li");
	fputs("</ul>\n", out);
	return at;
}

void html_markdown(FILE *out, const char *at)
{
	while (*at) {
		if (*at == '\n')
			at++;
		else if (*at == '#')
			at = heading(out, at);
		else if (*at == '|')
			at = table(out, at);
		else if (!strncmp(at, "    ", 4))
			at = code(out, at);
		else if (!strncmp(at, "* ", 2) || !strncmp(at, "- ", 2))
			at = list(out, at);
		else
			at = paragraph(out, at, "p");
	}
}
