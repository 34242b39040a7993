// SPDX-License-Identifier: GPL-2.0-only
/* The only program of the machine that the module is tested in: load it, switch off. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	int fd = open("/mmucheck_mmu.ko", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
		perror("mmucheck_mmu.ko");
	sync();
	reboot(RB_POWER_OFF);
	return 1;
}
