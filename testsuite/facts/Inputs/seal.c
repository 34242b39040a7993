// SPDX-License-Identifier: GPL-2.0-only
/* seal: facts written by hand, without their "end" row, made whole. */

#include <stdio.h>
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

int main(void)
{
	static char text[1 << 20];
	size_t n = fread(text, 1, sizeof(text), stdin);

	if (!n || n == sizeof(text)) {
		fputs("seal: expected facts of less than 1 MiB\n", stderr);
		return 2;
	}
	fwrite(text, 1, n, stdout);
	printf("end %016llx\n", (unsigned long long)XXH64(text, n, 0));
	return 0;
}
