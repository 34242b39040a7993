// SPDX-License-Identifier: GPL-2.0-only
/* What all pages have around them, and the words in them. */

#include "html.h"
#include "markup.h"
#include "path.h"
#include "version.h"

#include <string.h>

void html_text_n(FILE *out, const char *text, size_t len)
{
	for (; len--; text++)
		markup_char(out, *text);
}

void html_text(FILE *out, const char *text)
{
	html_text_n(out, text, strlen(text));
}

void html_name(FILE *out, const char *text)
{
	for (; *text; text++)
		fputc((*text >= 'a' && *text <= 'z') ||
		      (*text >= 'A' && *text <= 'Z') ||
		      (*text >= '0' && *text <= '9') || *text == '.' ||
		      *text == '_' ? *text : '-', out);
}

void html_place(FILE *out, const char *file, unsigned line)
{
	fputs("<span class=place title=\"", out);
	html_text(out, file);
	fprintf(out, ":%u\">", line);
	html_text(out, path_base(file));
	fprintf(out, ":%u</span>", line);
}

static void link_to(FILE *out, const char *page, const char *name,
		    const char *here)
{
	fprintf(out, "<a href=\"%s\"%s>%s</a>", page,
		strcmp(page, here) ? "" : " aria-current=page", name);
}

void html_begin(FILE *out, const char *title, const char *here)
{
	fputs("<!DOCTYPE html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
	      "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
	      "<meta name=color-scheme content=\"light dark\">\n"
	      "<meta name=generator content=mmucheck>\n<title>", out);
	html_text(out, title);
	fputs("</title>\n<link rel=stylesheet href=style.css>\n"
	      "<link rel=icon href=\"data:,\">\n"
	      "<script src=search.js defer></script>\n"
	      "<script src=script.js defer></script>\n</head>\n<body>\n"
	      "<header><div class=bar>\n"
	      "<a class=brand href=index.html><svg viewBox=\"0 0 24 24\" aria-hidden=true>"
	      "<path d=\"M7 11V8a5 5 0 0 1 10 0v3\"/><rect x=4.5 y=11 width=15 height=10 rx=2.5 />"
	      "</svg>mmucheck</a>\n<nav>", out);
	link_to(out, "index.html", "Findings", here);
	link_to(out, "locks.html", "Locks", here);
	link_to(out, "asserts.html", "Asserts", here);
	link_to(out, "rules.html", "Rules", here);
	fputs("</nav>\n<div class=search role=search><input id=search type=search "
	      "placeholder=\"Search\" aria-label=\"Search\" autocomplete=off spellcheck=false>"
	      "<ol id=hits hidden></ol></div>\n</div></header>\n<main>\n", out);
}

void html_end(FILE *out)
{
	fputs("</main>\n<footer>mmucheck " MMUCHECK_VERSION "</footer>\n"
	      "</body>\n</html>\n", out);
}
