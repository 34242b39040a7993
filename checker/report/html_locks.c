// SPDX-License-Identifier: GPL-2.0-only
/* Every lock: what it is, where it is taken, and its order, drawn. */

#include "html.h"

#include <string.h>

static void print_kind(FILE *out, const struct flavour *flavour)
{
	if (!flavour)
		return;
	fputs("<p class=kind>", out);
	html_text(out, flavour->name);
	if (flavour->atomic)
		fputs(", its holder must not sleep", out);
	if (flavour->sleeps)
		fputs(", taking it may sleep", out);
	if (flavour->shared)
		fputs(", for read or for write", out);
	fputs("</p>\n", out);
}

static void print_places(struct html *html, const struct lock_use *use,
			 FILE *out)
{
	unsigned i;

	if (!use->places.n) {
		fputs("<p class=kind>Not taken in these facts; a row speaks of it.</p>\n",
		      out);
		return;
	}
	fprintf(out, "<details><summary>taken in %u place%s</summary>\n<ul class=places>\n",
		use->places.n, use->places.n == 1 ? "" : "s");
	for (i = 0; i < use->places.n; i++) {
		const struct lock_place *place = &use->places.at[i];

		fputs("<li>", out);
		html_text(out, place->fn->name);
		fputs("() ", out);
		html_place(out, place->fn->file, place->line);
		fputs("<br>", out);
		html_line(html, place->fn->file, place->line, out);
		fputs("</li>\n", out);
	}
	fputs("</ul></details>\n", out);
}

static void print_lock(struct html *html, const struct lock_use *use,
		       FILE *out)
{
	fputs("<section class=lock id=\"", out);
	html_name(out, use->cls->name);
	fputs("\"><h3>", out);
	html_text(out, use->cls->name);
	fputs("</h3>\n", out);
	print_kind(out, use->cls->flavour);
	html_draw_lock(html->order, use->cls, out);
	print_places(html, use, out);
	fputs("</section>\n", out);
}

void html_locks(struct html *html, FILE *out)
{
	unsigned i;

	html_begin(out, "Locks", "locks.html");
	fputs("<h1>Locks</h1>\n<p class=hint>An arrow leads from the outer lock to the one "
	      "that is taken inside it. What follows from other arrows is left out. "
	      "Dashed: a row says so, and it was not met. Red: part of a circle.</p>\n"
	      "<div class=\"scroll order\">\n", out);
	html_draw_order(html->order, out);
	fputs("</div>\n<h2>Each lock</h2>\n<div class=locks>\n", out);
	for (i = 0; i < html->order->locks.n; i++)
		print_lock(html, &html->order->locks.at[i], out);
	fputs("</div>\n", out);
	html_end(out);
}
