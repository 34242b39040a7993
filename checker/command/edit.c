// SPDX-License-Identifier: GPL-2.0-only

#include "edit.h"
#include "path.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONTEXT	3

bool source_read(struct source *source, const char *tree, const char *name,
		 struct error *err)
{
	VEC(const char *) lines = { 0 };
	size_t len;
	char *text = read_whole(path_join(tree, name), &len, err);
	char *at, *newline;

	if (!text)
		return false;
	for (at = text; (newline = strchr(at, '\n')); at = newline + 1)
		VEC_PUSH(&lines, arena_string(&run_arena, at, newline - at));
	free(text);
	source->name = name;
	source->lines = arena_copy(&run_arena, lines.at,
				   lines.n * sizeof(*lines.at));
	source->n = lines.n;
	free(lines.at);
	return true;
}

/* "include" of "#  include <x>"; "" if it is no directive. */
static const char *directive(const char *line)
{
	while (isspace((unsigned char)*line))
		line++;
	if (*line++ != '#')
		return "";
	while (isspace((unsigned char)*line))
		line++;
	return line;
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* Moves @in_comment over the line; true if anything but comment is on it. */
static bool has_code(const char *line, bool *in_comment)
{
	bool code = false;

	for (; *line; line++) {
		if (*in_comment) {
			if (begins(line, "*/")) {
				*in_comment = false;
				line++;
			}
		} else if (begins(line, "/*")) {
			*in_comment = true;
			line++;
		} else if (begins(line, "//")) {
			break;
		} else if (!isspace((unsigned char)*line)) {
			code = true;
		}
	}
	return code;
}

unsigned source_include_line(const struct source *source)
{
	bool in_comment = false, guarded = false, first = true;
	unsigned i, depth = 0, last = 0, last_of_all = 0;

	for (i = 0; i < source->n; i++) {
		const char *word = directive(source->lines[i]);

		if (!has_code(source->lines[i], &in_comment))
			continue;
		if (begins(word, "ifndef") && first)
			guarded = true;		/* all of a header is inside */
		else if (begins(word, "if"))
			depth++;
		else if (begins(word, "endif") && depth)
			depth--;
		else if (begins(word, "include") && !depth)
			*(strchr(word, '<') ? &last_of_all : &last) = i + 1;
		else if (!*word || (begins(word, "endif") && guarded))
			break;
		first = false;
	}
	return last_of_all ? last_of_all : last;
}

/* The file as it will be: lines of the old one, gone or kept, and new ones. */
struct line {
	char mark;		/* ' ', '-' or '+' */
	const char *text;
};

struct lines {
	struct line *at;
	unsigned n, cap;
};

static void push(struct lines *lines, char mark, const char *text, size_t len)
{
	VEC_PUSH(lines, ((struct line){ mark, intern_n(text, len) }));
}

static void push_all(struct lines *lines, char mark, const char *text)
{
	size_t len;

	for (;; text += len + 1) {
		len = strcspn(text, "\n");
		push(lines, mark, text, len);
		if (!text[len])
			return;
	}
}

/* One old line with what is put into it, from the right to the left. */
static const char *changed(const char *old, const struct insertion *insertions,
			   unsigned n)
{
	const char *text = old;
	char *more;

	while (n--) {
		size_t col = insertions[n].col;

		if (!col)
			continue;
		if (asprintf(&more, "%.*s%s%s", (int)col, text,
			     insertions[n].text, text + col) < 0)
			abort();
		text = intern(more);
		free(more);
	}
	return text;
}

static void put_line(struct lines *lines, const char *old,
		     const struct insertion *insertions, unsigned n)
{
	const char *text = changed(old, insertions, n);
	size_t len = strlen(old);
	unsigned i;

	if (text == old || (begins(text, old) && text[len] == '\n')) {
		push(lines, ' ', old, len);
		if (text != old)
			push_all(lines, '+', text + len + 1);
	} else {
		push(lines, '-', old, len);
		push_all(lines, '+', text);
	}
	for (i = 0; i < n; i++)
		if (!insertions[i].col)
			push_all(lines, '+', insertions[i].text);
}

static struct lines new_lines(const struct source *source,
			      const struct insertion *insertions, unsigned n)
{
	struct lines lines = { 0 };
	unsigned i, from = 0, to;

	for (i = 0; i < source->n; i++) {
		for (to = from; to < n && insertions[to].line == i + 1; to++)
			;
		put_line(&lines, source->lines[i], insertions + from, to - from);
		from = to;
	}
	if (!source->n)
		push_all(&lines, '+', insertions[0].text);
	return lines;
}

/* The end of the hunk that begins at the change @i: no more is near. */
static unsigned hunk_end(const struct lines *lines, unsigned i)
{
	unsigned last = i;

	for (; i < lines->n && i <= last + 2 * CONTEXT; i++)
		if (lines->at[i].mark != ' ')
			last = i;
	return last + 1 + CONTEXT < lines->n ? last + 1 + CONTEXT : lines->n;
}

static void print_hunk(FILE *out, const struct lines *lines, unsigned from,
		       unsigned to, unsigned *old, unsigned *new)
{
	unsigned i, nold = 0, nnew = 0;

	for (i = from; i < to; i++) {
		nold += lines->at[i].mark != '+';
		nnew += lines->at[i].mark != '-';
	}
	fprintf(out, "@@ -%u,%u +%u,%u @@\n", nold ? *old : 0, nold,
		nnew ? *new : 0, nnew);
	for (i = from; i < to; i++)
		fprintf(out, "%c%s\n", lines->at[i].mark, lines->at[i].text);
	*old += nold;
	*new += nnew;
}

static void print_hunks(FILE *out, const struct lines *lines)
{
	unsigned i, from = 0, done = 0, to, old = 1, new = 1;

	for (i = 0; i < lines->n; i = to > i ? to : i + 1) {
		to = i;
		if (lines->at[i].mark == ' ')
			continue;
		from = i - done > CONTEXT ? i - CONTEXT : done;
		old += from - done;	/* only kept lines are between hunks */
		new += from - done;
		to = hunk_end(lines, i);
		print_hunk(out, lines, from, to, &old, &new);
		done = to;
	}
}

static unsigned count(const struct lines *lines, char mark)
{
	unsigned i, n = 0;

	for (i = 0; i < lines->n; i++)
		n += lines->at[i].mark == mark;
	return n;
}

static void print_letter(FILE *out, const struct letter *letter)
{
	fprintf(out, "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n"
		"From: %s\nSubject: [PATCH %u/%u] %s\n\n%s---\n",
		letter->author, letter->number, letter->count, letter->subject,
		letter->body);
}

/* As many signs as there are changes, as long as the line has room for them. */
static void print_bar(FILE *out, unsigned added, unsigned gone)
{
	unsigned all = added + gone, room = all < 40 ? all : 40;
	unsigned minus = all ? gone * room / all : 0;

	if (gone && !minus)
		minus = 1;
	while (room-- > minus)
		fputc('+', out);
	while (minus--)
		fputc('-', out);
}

static void print_changes(FILE *out, unsigned n, const char *what)
{
	if (n)
		fprintf(out, ", %u %s%s(%c)", n, what, n == 1 ? "" : "s",
			*what == 'i' ? '+' : '-');
}

char *patch_text(const struct letter *letter, const struct source *source,
		 const struct insertion *insertions, unsigned n, size_t *len)
{
	struct lines lines = new_lines(source, insertions, n);
	unsigned added = count(&lines, '+'), gone = count(&lines, '-');
	char *text;
	FILE *out = open_memstream(&text, len);

	print_letter(out, letter);
	fprintf(out, " %s | %u ", source->name, added + gone);
	print_bar(out, added, gone);
	fprintf(out, "\n 1 file changed");
	print_changes(out, added, "insertion");
	print_changes(out, gone, "deletion");
	fprintf(out, "\n\ndiff --git a/%s b/%s\n", source->name, source->name);
	if (source->n)
		fprintf(out, "--- a/%s\n", source->name);
	else
		fprintf(out, "new file mode 100644\n--- /dev/null\n");
	fprintf(out, "+++ b/%s\n", source->name);
	print_hunks(out, &lines);
	fprintf(out, "-- \nmmucheck\n");
	fclose(out);
	free(lines.at);
	return text;
}
