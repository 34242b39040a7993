# SPDX-License-Identifier: GPL-2.0-only
# Writes version.h: the version and, in a git checkout, the commit.
# cmake -D SOURCE=DIR -D OUT=FILE -D VERSION=X -P version.cmake
set(commit "")
find_program(git git)
if(git)
  execute_process(COMMAND ${git} -C ${SOURCE} rev-parse --short=12 HEAD
    OUTPUT_VARIABLE commit ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
set(MMUCHECK_VERSION "${VERSION}")
if(commit)
  set(MMUCHECK_VERSION "${VERSION} (${commit})")
endif()
configure_file(${SOURCE}/checker/version.h.in ${OUT} @ONLY)
