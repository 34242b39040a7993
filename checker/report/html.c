// SPDX-License-Identifier: GPL-2.0-only
/* The pages into their folder, all of them or none. */

#include "html.h"
#include "identity.h"
#include "path.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef void (*page_fn)(struct html *html, FILE *out);

static bool write_text(const char *dir, const char *name, char *text,
		       size_t len, struct error *err)
{
	bool ok = write_whole(path_join(dir, name), text, len, err);

	free(text);
	return ok;
}

static bool write_page(struct html *html, const char *dir, const char *name,
		       page_fn page, struct error *err)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return error_set(err, "out of memory");
	page(html, out);
	fclose(out);
	return write_text(dir, name, text, len, err);
}

static bool write_findings(struct html *html, const char *dir,
			   struct error *err)
{
	unsigned i;

	for (i = 0; i < html->shown.n; i++) {
		const struct finding *finding = html->shown.at[i];
		char *text = NULL;
		size_t len = 0;
		FILE *out = open_memstream(&text, &len);

		if (!out)
			return error_set(err, "out of memory");
		html_finding(html, finding, out);
		fclose(out);
		if (!write_text(dir, html_finding_page(finding), text, len,
				err))
			return false;
	}
	return true;
}

static bool write_all(struct html *html, const char *dir, struct error *err)
{
	return write_page(html, dir, "index.html", html_index, err) &&
	       write_page(html, dir, "locks.html", html_locks, err) &&
	       write_page(html, dir, "asserts.html", html_asserts, err) &&
	       write_page(html, dir, "rules.html", html_rules, err) &&
	       write_page(html, dir, "search.js", html_search, err) &&
	       write_findings(html, dir, err) &&
	       write_whole(path_join(dir, "style.css"), html_style_css,
			   strlen(html_style_css), err) &&
	       write_whole(path_join(dir, "script.js"), html_script_js,
			   strlen(html_script_js), err);
}

/* The folder */

static bool is_dot(const char *name)
{
	return !strcmp(name, ".") || !strcmp(name, "..");
}

static bool is_empty(const char *dir)
{
	DIR *list = opendir(dir);
	struct dirent *entry;
	bool empty = list;

	while (list && (entry = readdir(list)))
		empty &= is_dot(entry->d_name);
	if (list)
		closedir(list);
	return empty;
}

static bool is_report(const char *dir)
{
	const char *index = path_join(dir, "index.html");
	struct error err;
	size_t len;
	char *text = is_file(index) ? read_whole(index, &len, &err) : NULL;
	bool ours = text && strstr(text, "<meta name=generator content=mmucheck>");

	free(text);
	return ours;
}

/* A report is a flat folder; whatever else is in it keeps it from going. */
static void remove_report(const char *dir)
{
	DIR *list = opendir(dir);
	struct dirent *entry;

	while (list && (entry = readdir(list)))
		if (!is_dot(entry->d_name))
			unlink(path_join(dir, entry->d_name));
	if (list)
		closedir(list);
	rmdir(dir);
}

static const char *beside(const char *dir, const char *tail)
{
	char text[4096];
	size_t len = strlen(dir);

	while (len > 1 && dir[len - 1] == '/')
		len--;
	snprintf(text, sizeof(text), "%.*s.%d%s", (int)len, dir, (int)getpid(),
		 tail);
	return intern(text);
}

/* What was there goes only when what is new stands in its place. */
static bool put_in_place(const char *from, const char *dir, struct error *err)
{
	const char *old = beside(dir, ".old");
	bool there = is_folder(dir);

	if (there && rename(dir, old))
		return error_set(err, "%s: cannot be replaced: %s", dir,
				 strerror(errno));
	if (rename(from, dir)) {
		error_set(err, "%s: cannot be written: %s", dir,
			  strerror(errno));
		if (there && rename(old, dir))
			error_set(err, "%s: cannot be written; what was there is in %s",
				  dir, old);
		return false;
	}
	if (there)
		remove_report(old);
	return true;
}

static bool is_ours_to_write(const char *dir, struct error *err)
{
	if (access(dir, F_OK) || is_empty(dir) || is_report(dir))
		return true;
	return error_set(err, "%s: expected a folder that is not there, empty, or a report",
			 dir);
}

static void choose(struct html *html)
{
	const struct findings *findings = &html->analysis->findings;
	unsigned i;

	identify(findings);
	for (i = 0; i < findings->all.n; i++)
		VEC_PUSH(&html->shown, findings->all.at[i]);
	for (i = 0; i < findings->known.n; i++)
		VEC_PUSH(&html->shown, findings->known.at[i]);
}

bool html_report(const struct analysis *analysis, const char *kernel,
		 const char *dir, unsigned *missing, struct error *err)
{
	struct html html = { .analysis = analysis, .kernel = kernel };
	const char *fresh = beside(dir, ".new");
	bool ok;

	if (!is_ours_to_write(dir, err) ||
	    !make_folders(path_join(fresh, "x"), err))
		return false;
	html.order = lock_order_find(analysis);
	census_take(analysis, &html.census);
	choose(&html);
	html_held_find(&html);
	ok = write_all(&html, fresh, err) && put_in_place(fresh, dir, err);
	if (!ok)
		remove_report(fresh);
	*missing = html.missing;
	return ok;
}
