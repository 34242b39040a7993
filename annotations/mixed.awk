# SPDX-License-Identifier: GPL-2.0-only
#
# Of what sparse says with -DMMUCHECK_ADDRESSES=2, print what puts an address where one
# of another kind is meant; that there is arithmetic with addresses is left out. Exit
# status 1 if there is such a place.
#
#	sparse -DMMUCHECK_ADDRESSES=2 ... FILE.c 2>&1 | awk -f mixed.awk

/: (warning|error): / { place = $0 }
/ expected restricted / { expected = $0; next }
/ got restricted / && expected != "" {
	print place
	print expected
	print
	mixed = 1
}
{ expected = "" }
END { exit mixed }
