/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMUCHECK_OWN_FOLDER_H
#define MMUCHECK_OWN_FOLDER_H

/*
 * in_own_folder() - run @work with a new temporary folder, and take that away
 *
 * The work is done in a process of its own: whatever ends it, a signal or an
 * error, the folder goes.  Returns the exit status.
 */
int in_own_folder(int (*work)(const char *own, void *data), void *data);

#endif
