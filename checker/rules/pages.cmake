# SPDX-License-Identifier: GPL-2.0-only
# Writes C with the text of each rule's page.
# cmake -D "PAGES=a.md|b.cocci" -D OUT=FILE -P pages.cmake
string(REPLACE "|" ";" PAGES "${PAGES}")

# What stands above a rule in SmPL, in the form of a page.
function(page_of_cocci id text out)
  string(REGEX MATCH "\n// Confidence: ([^\n]*)" found "${text}")
  set(confidence "${CMAKE_MATCH_1}")
  string(REGEX MATCH "\n// Comments: ([^\n]*(\n//  [^\n]*)*)" found "${text}")
  string(REGEX REPLACE "\n// +" "\n" comments "${CMAKE_MATCH_1}")
  string(FIND "${text}" "\n///\n" first)
  string(FIND "${text}" "\n//\n// Confidence" last)
  if(confidence STREQUAL "" OR first LESS 0 OR last LESS first)
    message(FATAL_ERROR "${id}.cocci: expected '///' lines, then '// Confidence: '")
  endif()
  math(EXPR length "${last} - ${first}")
  string(SUBSTRING "${text}" ${first} ${length} body)
  string(REGEX REPLACE "\n//[/#] ?" "\n" body "${body}")
  string(STRIP "${body}" body)
  if(comments)
    set(comments "\n\n## What to know\n\n${comments}")
  endif()
  set(${out} "# ${id}\n\n## Rule\n\n${body}\n\nIt is a rule in SmPL, which \
`mmucheck run --cocci` runs. Confidence: ${confidence}.${comments}\n" PARENT_SCOPE)
endfunction()

set(texts "")
set(table "")
set(n 0)
foreach(page IN LISTS PAGES)
  get_filename_component(id ${page} NAME_WE)
  file(READ ${page} text)
  if(page MATCHES "\\.cocci$")
    page_of_cocci(${id} "${text}" text)
  endif()
  # A comment on top is for whoever reads the source.
  string(REGEX REPLACE "^<!--[^>]*-->\n*" "" text "${text}")
  string(HEX "${text}" bytes)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(APPEND texts "static const char page_${n}[] = { ${bytes} 0 };\n")
  string(APPEND table "\t{ \"${id}\", page_${n} },\n")
  math(EXPR n "${n} + 1")
endforeach()
file(WRITE ${OUT} "/* SPDX-License-Identifier: GPL-2.0-only */\n"
  "#include \"pages.h\"\n\n${texts}\n"
  "const struct rule_page rule_pages[] = {\n${table}};\n"
  "const unsigned rule_page_count = ${n};\n")
